using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Tests.Cases;

namespace CxDesk.Tests.Database;

public sealed class CommittedCacheTests
{
    [Fact]
    public async Task What_a_write_finds_is_read_once_in_it_and_by_others_only_after_its_commit()
    {
        await using var database = await TestDatabase.Create();
        var cache = new CommittedCache<int, string>(database.Signal, ChangeTopic.Units);
        var reads = 0;
        Task<string> Load(Session session, int key) => Task.FromResult($"read {++reads}");

        await Assert.ThrowsAsync<OperationCanceledException>(() => database.Db.Write(async s =>
        {
            Assert.Equal(("read 1", "read 1"), (await cache.Get(s, 1, Load), await cache.Get(s, 1, Load)));
            throw new OperationCanceledException();
        }));
        Assert.Equal("read 2", await database.Db.Write(async s => await cache.Get(s, 1, Load)));
        Assert.Equal("read 2", await database.Db.Read(async s => await cache.Get(s, 1, Load)));
    }

    [Fact]
    public async Task Who_hears_of_a_change_first_is_not_given_what_was_known_before_it()
    {
        await using var database = await TestDatabase.Create();
        var reads = 0;
        Task<string> Load(Session session, int key) => Task.FromResult($"read {++reads}");
        CommittedCache<int, string>? cache = null;
        var heard = "";
        // Listens before there is a cache, so it is called before whatever the cache itself hears with it.
        database.Signal.Changed += _ => heard = database.Db.Read(async s => await cache!.Get(s, 1, Load)).GetAwaiter().GetResult();
        cache = new CommittedCache<int, string>(database.Signal, ChangeTopic.Units);

        await database.Db.Read(async s => await cache.Get(s, 1, Load));
        await database.Db.Write(s =>
        {
            s.Changed(ChangeTopic.Units);
            return Task.CompletedTask;
        });

        Assert.Equal("read 2", heard);
    }

    [Fact]
    public async Task A_write_that_changes_such_things_sees_its_own_and_leaves_nothing_old_behind()
    {
        await using var database = await TestDatabase.Create();
        var cache = new CommittedCache<int, string>(database.Signal, ChangeTopic.Units);
        var reads = 0;
        Task<string> Load(Session session, int key) => Task.FromResult($"read {++reads}");

        await database.Db.Read(async s => await cache.Get(s, 1, Load));
        await database.Db.Write(async s =>
        {
            Assert.Equal("read 1", await cache.Get(s, 1, Load));
            s.Changed(ChangeTopic.Units);
            Assert.Equal(("read 2", "read 3"), (await cache.Get(s, 1, Load), await cache.Get(s, 1, Load)));
        });
        Assert.Equal("read 4", await database.Db.Read(async s => await cache.Get(s, 1, Load)));
        await database.Db.Write(s => { s.Changed(ChangeTopic.Answers); return Task.CompletedTask; });
        Assert.Equal("read 4", await database.Db.Read(async s => await cache.Get(s, 1, Load)));
    }

    [Fact]
    public async Task What_was_read_before_a_change_is_not_kept_after_it()
    {
        await using var database = await TestDatabase.Create();
        var cache = new CommittedCache<int, string>(database.Signal, ChangeTopic.Units);
        var old = await database.Db.Read(async s =>
        {
            // Somebody commits a change while this session still sees the state of before.
            await database.Db.Write(w => { w.Changed(ChangeTopic.Units); return Task.CompletedTask; });
            return await cache.Get(s, 1, (_, _) => Task.FromResult("old"));
        });
        Assert.Equal("old", old);
        Assert.Equal("new", await database.Db.Read(async s => await cache.Get(s, 1, (_, _) => Task.FromResult("new"))));
    }

    [Fact]
    public async Task Responsibility_forgets_what_was_rolled_back()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var responsibility = new CaseResponsibility(floor.Database.Company, floor.Database.Signal);
        await Assert.ThrowsAsync<OperationCanceledException>(() => floor.Database.Db.Write(async s =>
        {
            await s.Execute(new Statement("DELETE FROM Places WHERE UnitId = 3 AND Role = 2"));
            Assert.Equal(CaseFloor.Manager, await responsibility.Of(s, CaseFloor.Team, s.Now));
            throw new OperationCanceledException();
        }));
        Assert.Equal(CaseFloor.Supervisor, await floor.Database.Db.Read(async s => await responsibility.Of(s, CaseFloor.Team, s.Now)));
    }
}
