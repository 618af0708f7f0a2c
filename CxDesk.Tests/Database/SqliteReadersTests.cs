using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Database;

public sealed class SqliteReadersTests
{
    private static readonly Statement
        Units = new("SELECT COUNT(*) FROM Units WHERE Id = @id"),
        Topics = new("SELECT Topic FROM ChangeLog WHERE Id = @id"),
        Unreadable = new("SELECT abs(@least) FROM Units"),
        Log = new("INSERT INTO ChangeLog (ChangedAt, Topic) VALUES (@at, @topic)");

    [Fact]
    public async Task The_same_statement_is_read_again_and_again_with_other_values()
    {
        await using var database = await TestDatabase.Create();
        for (var round = 0; round < 3; round++)
        {
            var (there, nowhere) = await database.Db.Read(async s => (await s.Single<int>(Units, new { id = 1 }), await s.Single<int>(Units, new { id = -round - 1 })));
            Assert.Equal((1, 0), (there, nowhere));
        }
    }

    [Fact]
    public async Task A_read_within_a_read_sees_what_was_written_meanwhile_and_the_outer_one_does_not()
    {
        await using var database = await TestDatabase.Create();
        Task<int?> First(Session s) => s.First<int?>(Topics, new { id = 1 });
        var (before, within, after) = await database.Db.Read(async s =>
        {
            var before = await First(s);
            await database.Db.Write(w => w.Execute(Log, new { at = w.Now, topic = 3 }));
            return (before, await database.Db.Read(First), await First(s));
        });
        Assert.Equal((null, 3, null), (before, within, after));
    }

    [Fact]
    public async Task What_is_read_after_a_write_holds_it_and_a_read_that_failed_spoils_none_after_it()
    {
        await using var database = await TestDatabase.Create();
        await Assert.ThrowsAsync<SqliteException>(() => database.Db.Read(s => s.First<int?>(Unreadable, new { least = long.MinValue })));
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Db.Read<int>(async s =>
        {
            await s.Single<int>(Units, new { id = 1 });
            throw new InvalidOperationException();
        }));
        for (var topic = 1; topic < 4; topic++)
        {
            var id = await database.Db.Write(async s => { await s.Execute(Log, new { at = s.Now, topic }); return topic; });
            Assert.Equal(topic, await database.Db.Read(s => s.First<int?>(Topics, new { id })));
        }
    }

    [Fact]
    [Trait("Behaviour", "36")]
    public async Task A_file_that_is_moved_away_is_neither_read_nor_written_to_and_is_found_again_when_it_is_back()
    {
        await using var database = await TestDatabase.Create();
        var file = new SqliteConnectionStringBuilder(database.Options.ConnectionString).DataSource;
        Task<int> Count() => database.Db.Read(s => s.Single<int>(Units, new { id = 1 }));
        Task Write() => database.Db.Write(s => s.Execute(Log, new { at = s.Now, topic = (int)ChangeTopic.Units }));
        await Write();
        Assert.Equal(1, await Count());

        Move("", ".away");
        await Assert.ThrowsAsync<SqliteException>(Count);
        await Assert.ThrowsAsync<SqliteException>(Write);
        Move(".away", "");
        Assert.Equal(1, await Count());
        await Write();

        void Move(string from, string to)
        {
            foreach (var part in (string[])["", "-wal", "-shm"])
                if (File.Exists(file + part + from)) File.Move(file + part + from, file + part + to);
        }
    }

    [Fact]
    public async Task A_file_that_takes_the_place_of_another_is_what_is_read()
    {
        await using var database = await TestDatabase.Create();
        await using var other = await TestDatabase.Create();
        await other.Db.Write(s => s.Execute(Log, new { at = s.Now, topic = (int)ChangeTopic.Units }));
        Assert.Null(await database.Db.Read(s => s.First<int?>(Topics, new { id = 1 })));

        var (file, its) = (File(database), File(other));
        other.Db.Dispose();
        System.IO.File.Delete(file);
        foreach (var part in (string[])["-wal", "-shm"]) System.IO.File.Delete(file + part);
        System.IO.File.Move(its, file);
        Assert.Equal((int)ChangeTopic.Units, await database.Db.Read(s => s.First<int?>(Topics, new { id = 1 })));

        static string File(TestDatabase of) => new SqliteConnectionStringBuilder(of.Options.ConnectionString).DataSource;
    }
}
