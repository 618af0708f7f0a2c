-- What people keep of the case desk: views under a name, and each person's own choice.
CREATE TABLE SavedViews (
    Id               int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_SavedViews PRIMARY KEY,
    OwnerId          int NOT NULL CONSTRAINT FK_SavedViews_OwnerId REFERENCES People (Id),
    Audience         tinyint NOT NULL CONSTRAINT CK_SavedViews_Audience CHECK (Audience BETWEEN 1 AND 3), -- the owner alone, a unit, the company
    UnitId           int NULL CONSTRAINT FK_SavedViews_UnitId REFERENCES Units (Id),                -- of audience 2
    Name             nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    Query            nvarchar(2000) NOT NULL,                                                       -- as in the address of /cases: filter, order, view, columns
    CreatedAt        datetime2(3) NOT NULL,
    UpdatedAt        datetime2(3) NOT NULL,
    RowVersion       int NOT NULL CONSTRAINT DF_SavedViews_RowVersion DEFAULT 1,
    CONSTRAINT UX_SavedViews_Name UNIQUE (OwnerId, Name)
);
GO
CREATE INDEX IX_SavedViews_Audience ON SavedViews (Audience, UnitId);
GO

CREATE TABLE DeskChoices (
    PersonId         int NOT NULL CONSTRAINT PK_DeskChoices PRIMARY KEY CONSTRAINT FK_DeskChoices_PersonId REFERENCES People (Id),
    DefaultViewId    int NULL CONSTRAINT FK_DeskChoices_DefaultViewId REFERENCES SavedViews (Id),
    Columns          nvarchar(1000) NULL                                                            -- of the list, in their order
);
GO
