CREATE TABLE Walls (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Walls PRIMARY KEY,
    Code             nvarchar(40) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT UX_Walls_Code UNIQUE, -- in addresses: /wall/{code}, wall:{code}
    Name             nvarchar(200) NOT NULL,
    Document         nvarchar(max) NULL,                                                            -- JSON; null: laid out from the regions that there are
    Version          int NOT NULL CONSTRAINT DF_Walls_Version DEFAULT 1,                            -- of the document
    OwnerId          int NULL CONSTRAINT FK_Walls_OwnerId REFERENCES People (Id),                   -- null: the company's
    CreatedAt        datetime2(3) NOT NULL,
    UpdatedAt        datetime2(3) NOT NULL,
    DeletedAt        datetime2(3) NULL,
    RowVersion       int NOT NULL CONSTRAINT DF_Walls_RowVersion DEFAULT 1
);
GO
INSERT INTO Walls (Code, Name, CreatedAt, UpdatedAt) VALUES (N'main', N'Main', '2026-01-01T00:00:00', '2026-01-01T00:00:00');
GO

-- What a wall was at a moment: every document that was ever in force.
CREATE TABLE WallVersions (
    WallId           int NOT NULL CONSTRAINT FK_WallVersions_WallId REFERENCES Walls (Id),
    Version          int NOT NULL,
    Name             nvarchar(200) NOT NULL,
    Document         nvarchar(max) NULL,
    CreatedAt        datetime2(3) NOT NULL,
    CreatedBy        nvarchar(200) NOT NULL,
    CONSTRAINT PK_WallVersions PRIMARY KEY (WallId, Version)
);
GO
INSERT INTO WallVersions (WallId, Version, Name, CreatedAt, CreatedBy) SELECT Id, Version, Name, CreatedAt, N'CxDesk' FROM Walls;
GO
