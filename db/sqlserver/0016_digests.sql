-- The summary of a day or week that a person is mailed. That it leaves once is Deliveries' unique key.
ALTER TABLE People ADD Digest tinyint NULL;                                                         -- 0 none, 1 daily, 2 weekly; null: as their role has it
GO
