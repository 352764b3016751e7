-- Who reviews what, when scores may be seen, and who may decide. These functions read past the row
-- policies, because the policies ask them.

-- The proposals that the person reviews: what a reviewer may read at all.
CREATE OR REPLACE FUNCTION proposals_assigned() RETURNS bigint[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_person bigint := pulih_person();
BEGIN
    RETURN ARRAY(
        SELECT proposal_id FROM proposals_assignment
        WHERE reviewer_id = v_person AND declared <> 'conflict');
END $$;

-- The reviews that the person may still give.
CREATE OR REPLACE FUNCTION proposals_reviews_due() RETURNS bigint[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_person bigint := pulih_person();
BEGIN
    RETURN ARRAY(
        SELECT id FROM proposals_assignment
        WHERE reviewer_id = v_person AND declared = 'none' AND submitted_at IS NULL);
END $$;

-- The reviews that the person has been asked for, given or not.
CREATE OR REPLACE FUNCTION proposals_own_reviews() RETURNS bigint[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_person bigint := pulih_person();
BEGIN
    RETURN ARRAY(
        SELECT id FROM proposals_assignment
        WHERE reviewer_id = v_person);
END $$;

-- Scores are seen when at least two are in, none is missing, and a third is in where the two are
-- too far apart.
CREATE OR REPLACE FUNCTION proposals_scores_are_in(p_proposal bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (
            SELECT 1 FROM proposals_assignment one WHERE one.proposal_id = p_proposal
              AND one.declared <> 'conflict'
              AND NOT EXISTS (SELECT 1 FROM proposals_score WHERE assignment_id = one.id))
        AND coalesce((SELECT count(*) >= 3 OR (count(*) = 2 AND max(total) - min(total) <= min(apart))
                      FROM proposals_score WHERE proposal_id = p_proposal), false);
END $$;

-- Tells that both are in and too far apart, and nothing else of them.
CREATE OR REPLACE FUNCTION proposals_needs_third(p_proposal bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT count(*) = 2 AND max(total) - min(total) > min(apart)
                     FROM proposals_score WHERE proposal_id = p_proposal), false);
END $$;

-- Who decides has neither written nor sent, verified nor reviewed the proposal.
CREATE OR REPLACE FUNCTION proposals_decider_is_another() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM proposals_proposal WHERE id = NEW.proposal_id AND made_by_id = NEW.by_id)
        OR EXISTS (SELECT 1 FROM proposals_proposalversion
                   WHERE proposal_id = NEW.proposal_id AND by_id = NEW.by_id)
        OR EXISTS (SELECT 1 FROM proposals_verification
                   WHERE proposal_id = NEW.proposal_id AND by_id = NEW.by_id)
        OR EXISTS (SELECT 1 FROM proposals_assignment
                   WHERE proposal_id = NEW.proposal_id AND reviewer_id = NEW.by_id)
    THEN
        RAISE EXCEPTION 'proposals_decider: who decides proposal % took part in it', NEW.proposal_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER proposals_decider_is_another BEFORE INSERT ON proposals_proposaldecision
    FOR EACH ROW EXECUTE FUNCTION proposals_decider_is_another();
