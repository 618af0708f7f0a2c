-- How often the rollups of a day were written. Who has read a day whole knows by it whether it is still the same.
CREATE TABLE RollupDays (
    Day     date   NOT NULL,
    Version bigint NOT NULL,
    CONSTRAINT PK_RollupDays PRIMARY KEY (Day)
);
GO
INSERT INTO RollupDays (Day, Version) SELECT DISTINCT Day, 1 FROM Rollups WHERE Axis = 1;
GO
