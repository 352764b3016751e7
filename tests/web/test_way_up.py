"""A page says in its content, too, where it hangs: a phone's header has no room for it."""

import pytest
from django.urls import reverse

from tests.people import cast

pytestmark = pytest.mark.django_db
UP = 'class="crumb up"'


def test_a_page_below_another_leads_up_and_a_first_page_nowhere(client):
    client.force_login(cast.regency_officer())
    below = client.get(reverse("delivery:handovers")).content.decode()
    assert UP in below
    up = below.partition(UP)[2].partition("</nav>")[0]
    assert f'href="{reverse("delivery:list")}"' in up
    assert UP not in client.get(reverse("delivery:list")).content.decode()
