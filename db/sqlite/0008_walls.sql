CREATE TABLE Walls (
    Id         INTEGER PRIMARY KEY,
    Code       TEXT    NOT NULL CONSTRAINT UX_Walls_Code UNIQUE,      -- in addresses: /wall/{code}, wall:{code}
    Name       TEXT    NOT NULL,
    Document   TEXT    NULL,                                          -- JSON; null: laid out from the regions that there are
    Version    INTEGER NOT NULL DEFAULT 1,                            -- of the document
    OwnerId    INTEGER NULL REFERENCES People (Id),                   -- null: the company's
    CreatedAt  TEXT    NOT NULL,
    UpdatedAt  TEXT    NOT NULL,
    DeletedAt  TEXT    NULL,
    RowVersion INTEGER NOT NULL DEFAULT 1
);
INSERT INTO Walls (Code, Name, CreatedAt, UpdatedAt) VALUES ('main', 'Main', '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000');

-- What a wall was at a moment: every document that was ever in force.
CREATE TABLE WallVersions (
    WallId    INTEGER NOT NULL REFERENCES Walls (Id),
    Version   INTEGER NOT NULL,
    Name      TEXT    NOT NULL,
    Document  TEXT    NULL,
    CreatedAt TEXT    NOT NULL,
    CreatedBy TEXT    NOT NULL,
    PRIMARY KEY (WallId, Version)
) WITHOUT ROWID;
INSERT INTO WallVersions (WallId, Version, Name, CreatedAt, CreatedBy) SELECT Id, Version, Name, CreatedAt, 'CxDesk' FROM Walls;
