-- When people work
-- What is edited for the company or a region. What is null comes from the company; the zone stays Units.TimeZone.
CREATE TABLE CalendarSources (
    UnitId     int NOT NULL CONSTRAINT PK_CalendarSources PRIMARY KEY CONSTRAINT FK_CalendarSources_UnitId REFERENCES Units (Id),
    Hours      nvarchar(max) NULL,                                                                  -- JSON: hours by weekday
    Days       nvarchar(max) NULL,                                                                  -- JSON: holidays, short days, make-up working days
    RowVersion int NOT NULL CONSTRAINT DF_CalendarSources_RowVersion DEFAULT 1
);
GO

-- What held for a region from when on: zone, hours and days together. Never changed; the highest version is the present one,
-- and the lowest is what cases without a calendar of their own were timed by.
CREATE TABLE Calendars (
    Id        int IDENTITY (1, 1) NOT NULL CONSTRAINT PK_Calendars PRIMARY KEY,
    UnitId    int NOT NULL CONSTRAINT FK_Calendars_UnitId REFERENCES Units (Id),
    Version   int NOT NULL,
    Document  nvarchar(max) NOT NULL,                                                               -- JSON
    CreatedAt datetime2(3) NOT NULL,
    CreatedBy nvarchar(200) NOT NULL,
    CONSTRAINT UX_Calendars_Version UNIQUE (UnitId, Version)
);
GO

ALTER TABLE Cases ADD CalendarId int NULL CONSTRAINT FK_Cases_CalendarId REFERENCES Calendars (Id);  -- what the deadline was counted by
GO
CREATE INDEX IX_Cases_Calendar ON Cases (RegionId, CalendarId) WHERE Status < 4;
