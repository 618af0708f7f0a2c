-- Screens that hang somewhere and show one wall: each comes in by a link, and nobody is signed in at it.
CREATE TABLE Displays (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Displays PRIMARY KEY,
    Name             nvarchar(200) NOT NULL,
    WallId           int NOT NULL CONSTRAINT FK_Displays_WallId REFERENCES Walls (Id),
    Language         nvarchar(20) NOT NULL,                                                         -- en, zh-Hans
    CodeHash         nvarchar(64) COLLATE Latin1_General_BIN2 NULL,                                 -- of the short code that gives a screen its link; null once it was typed
    CodeUntil        datetime2(3) NULL,
    CreatedAt        datetime2(3) NOT NULL,
    CreatedBy        nvarchar(200) NOT NULL,
    LastSeenAt       datetime2(3) NULL,                                                             -- to the minute
    AppVersion       nvarchar(100) NULL,                                                            -- what the screen ran when it was last seen
    RevokedAt        datetime2(3) NULL,
    RowVersion       int NOT NULL CONSTRAINT DF_Displays_RowVersion DEFAULT 1
);
GO
CREATE INDEX IX_Displays_Wall ON Displays (WallId);
GO
CREATE UNIQUE INDEX UX_Displays_Name ON Displays (Name) WHERE RevokedAt IS NULL;
GO
CREATE UNIQUE INDEX UX_Displays_Code ON Displays (CodeHash) WHERE CodeHash IS NOT NULL;
GO

-- What is in a display's addresses: as it was copied, and as the short code gave it.
CREATE TABLE DisplayTokens (
    TokenHash        nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT PK_DisplayTokens PRIMARY KEY, -- SHA-256, hexadecimal
    DisplayId        int NOT NULL CONSTRAINT FK_DisplayTokens_DisplayId REFERENCES Displays (Id)
);
GO
CREATE INDEX IX_DisplayTokens_Display ON DisplayTokens (DisplayId);
GO
