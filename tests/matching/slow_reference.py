"""Every answer of a tiny case, tried one after another."""

import itertools

from pulih.matching import breaches
from pulih.matching.worth import cost, fill, work


def every_part(case):
    """Return what each part of the case may hold: 0 or whole lots up to the need."""
    suppliers = {firm.code: [firm.code] for firm in case.firms}
    for member in case.members:
        suppliers[member.firm].append(member.group)
    found = {}
    for need in case.needs:
        for each in case.capacities:
            if each.product != need.product:
                continue
            top = most_alone(case, need, each)
            for supplier in suppliers[each.firm]:
                sizes = range(0, top + 1, each.lot)
                if top >= each.lot:
                    found[need.code, supplier, each.firm] = list(sizes)
    return found


def most_alone(case, need, capacity):
    """Return a plain limit on one part, so that fewer answers have to be tried."""
    start = case.firm[capacity.firm].free_from or case.settings.as_of
    days = max(0, (need.due - max(start, case.settings.as_of)).days)
    return min(need.quantity, days * capacity.per_week // 7)


def lawful_answers(case, most):
    """Return every lawful answer, or None where more than `most` would have to be tried."""
    sizes = every_part(case)
    count = 1
    for each in sizes.values():
        count *= len(each)
    if count > most:
        return None
    found = []
    for chosen in itertools.product(*sizes.values()):
        parts = {key: units for key, units in zip(sizes, chosen, strict=True) if units}
        if not breaches(case, parts):
            found.append((fill(case, parts), work(case, parts), cost(case, parts)))
    return found


def best_of_each(case, answers):
    """Return the best fill, work and cost, each within the one before."""
    first, second = case.settings.tolerance
    most = max(answer[0] for answer in answers)
    kept = [answer for answer in answers if answer[0] >= most * (1 - first)]
    hardest = max(answer[1] for answer in kept)
    kept = [answer for answer in kept if answer[1] >= hardest * (1 - second)]
    return most, hardest, min(answer[2] for answer in kept)
