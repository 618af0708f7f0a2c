-- What people keep of the case desk: views under a name, and each person's own choice.
CREATE TABLE SavedViews (
    Id         INTEGER PRIMARY KEY,
    OwnerId    INTEGER NOT NULL REFERENCES People (Id),
    Audience   INTEGER NOT NULL CHECK (Audience BETWEEN 1 AND 3),     -- the owner alone, a unit, the company
    UnitId     INTEGER NULL REFERENCES Units (Id),                    -- of audience 2
    Name       TEXT    NOT NULL,
    Query      TEXT    NOT NULL,                                      -- as in the address of /cases: filter, order, view, columns
    CreatedAt  TEXT    NOT NULL,
    UpdatedAt  TEXT    NOT NULL,
    RowVersion INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT UX_SavedViews_Name UNIQUE (OwnerId, Name)
);
CREATE INDEX IX_SavedViews_Audience ON SavedViews (Audience, UnitId);

CREATE TABLE DeskChoices (
    PersonId      INTEGER PRIMARY KEY REFERENCES People (Id),
    DefaultViewId INTEGER NULL REFERENCES SavedViews (Id),
    Columns       TEXT    NULL                                        -- of the list, in their order
);
