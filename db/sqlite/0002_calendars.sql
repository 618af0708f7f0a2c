-- When people work
-- What is edited for the company or a region. What is null comes from the company; the zone stays Units.TimeZone.
CREATE TABLE CalendarSources (
    UnitId     INTEGER PRIMARY KEY REFERENCES Units (Id),
    Hours      TEXT    NULL,                                          -- JSON: hours by weekday
    Days       TEXT    NULL,                                          -- JSON: holidays, short days, make-up working days
    RowVersion INTEGER NOT NULL DEFAULT 1
);

-- What held for a region from when on: zone, hours and days together. Never changed; the highest version is the present one,
-- and the lowest is what cases without a calendar of their own were timed by.
CREATE TABLE Calendars (
    Id        INTEGER PRIMARY KEY AUTOINCREMENT,
    UnitId    INTEGER NOT NULL REFERENCES Units (Id),
    Version   INTEGER NOT NULL,
    Document  TEXT    NOT NULL,                                       -- JSON
    CreatedAt TEXT    NOT NULL,
    CreatedBy TEXT    NOT NULL,
    CONSTRAINT UX_Calendars_Version UNIQUE (UnitId, Version)
);

ALTER TABLE Cases ADD COLUMN CalendarId INTEGER NULL REFERENCES Calendars (Id);  -- what the deadline was counted by
CREATE INDEX IX_Cases_Calendar ON Cases (RegionId, CalendarId) WHERE Status < 4;
