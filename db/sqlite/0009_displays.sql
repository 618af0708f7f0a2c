-- Screens that hang somewhere and show one wall: each comes in by a link, and nobody is signed in at it.
CREATE TABLE Displays (
    Id         INTEGER PRIMARY KEY,
    Name       TEXT    NOT NULL,
    WallId     INTEGER NOT NULL REFERENCES Walls (Id),
    Language   TEXT    NOT NULL,                                      -- en, zh-Hans
    CodeHash   TEXT    NULL,                                          -- of the short code that gives a screen its link; null once it was typed
    CodeUntil  TEXT    NULL,
    CreatedAt  TEXT    NOT NULL,
    CreatedBy  TEXT    NOT NULL,
    LastSeenAt TEXT    NULL,                                          -- to the minute
    AppVersion TEXT    NULL,                                          -- what the screen ran when it was last seen
    RevokedAt  TEXT    NULL,
    RowVersion INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX IX_Displays_Wall ON Displays (WallId);
CREATE UNIQUE INDEX UX_Displays_Name ON Displays (Name) WHERE RevokedAt IS NULL;
CREATE UNIQUE INDEX UX_Displays_Code ON Displays (CodeHash) WHERE CodeHash IS NOT NULL;

-- What is in a display's addresses: as it was copied, and as the short code gave it.
CREATE TABLE DisplayTokens (
    TokenHash TEXT    PRIMARY KEY,                                    -- SHA-256, hexadecimal
    DisplayId INTEGER NOT NULL REFERENCES Displays (Id)
) WITHOUT ROWID;
CREATE INDEX IX_DisplayTokens_Display ON DisplayTokens (DisplayId);
