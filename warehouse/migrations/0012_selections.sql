-- Which members of the register were chosen for an invitation, so that a random sample can be drawn again.

-- One row each time links were made from the register. conditions is as it is typed; seed is NULL where no sample was
-- drawn; matched members fitted on that local day, selected were drawn from them, invited got a new link.
CREATE TABLE invitation_selection (
    survey VARCHAR NOT NULL,
    wave VARCHAR NOT NULL,
    conditions VARCHAR NOT NULL,
    seed BIGINT,
    matched BIGINT NOT NULL,
    selected BIGINT NOT NULL,
    invited BIGINT NOT NULL,
    day DATE NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
