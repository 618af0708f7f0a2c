using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;
using CxDesk.Web.Deliveries;

namespace CxDesk.Tests.Deliveries;

/// <summary>What nobody had thought of befalls one delivery, never its batch, and not for ever.</summary>
public class UnforeseenTests
{
    private static readonly Statement Garble = new("UPDATE Deliveries SET Detail = 'no json' WHERE Id = @id");
    private static readonly Statement NoMail = new("UPDATE People SET Email = NULL");
    private static readonly Statement Died = new("UPDATE Deliveries SET Status = 2, Attempts = @attempts, Lease = 'dead', LeasedUntil = @at");
    private static readonly Statement Leased = new("SELECT COUNT(*) FROM Deliveries WHERE Lease IS NOT NULL");

    [Theory, OnSqlite, OnSqlServer]
    public async Task One_that_cannot_be_read_fails_by_itself_and_is_given_up_in_the_end(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        await floor.Db.Write(s => s.Execute(NoMail));
        await floor.AddWebhook();
        for (var i = 0; i < 3; i++) await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        var poison = (await floor.Read())[0].Id;
        await floor.Db.Write(s => s.Execute(Garble, new { id = poison }));

        Assert.Equal(new DeliveryRun(2, 1, 0), await floor.Sender.Run());
        var row = (await floor.Read())[0];
        Assert.Equal((DeliveryStatus.Queued, 1), (row.Status, row.Attempts));
        Assert.Contains("Json", row.LastError);
        Assert.True(row.NextAt > floor.Db.Now);
        Assert.Equal(0, await floor.Db.Read(s => s.Single<int>(Leased)));
        for (var i = 0; i < 5; i++)
        {
            floor.Pass(TimeSpan.FromHours(2));
            await floor.Sender.Run();
        }
        Assert.Equal([(DeliveryStatus.Failed, 3), (DeliveryStatus.Sent, 1), (DeliveryStatus.Sent, 1)], (await floor.Read()).Select(r => (r.Status, r.Attempts)));
        Assert.Equal(2, floor.Room.Inbox.Count);
    }

    [Fact]
    public async Task One_that_cannot_be_read_spoils_no_letter_of_the_same_person()
    {
        await using var floor = await DeliveryFloor.Create();
        for (var i = 0; i < 2; i++) await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        await floor.Db.Write(s => s.Execute(Garble, new { id = 1 }));
        Assert.Equal(new DeliveryRun(1, 1, 0), await floor.Sender.Run());
        Assert.Single(floor.Mail.Inbox);
        Assert.Equal([DeliveryStatus.Queued, DeliveryStatus.Sent], (await floor.Read()).Select(r => r.Status));
    }

    [Fact]
    public async Task What_a_carrier_does_not_foresee_is_a_try_that_counts()
    {
        await using var floor = await DeliveryFloor.Create();
        floor.MailSettings.From = "nobody at all";
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        Assert.Equal(new DeliveryRun(0, 1, 0), await floor.Sender.Run());
        var row = await floor.One();
        Assert.Equal((DeliveryStatus.Queued, 1), (row.Status, row.Attempts));
        Assert.StartsWith("FormatException", row.LastError);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_program_at_whose_message_senders_die_is_not_tried_for_ever(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        await floor.Db.Write(s => s.Execute(NoMail));
        await floor.AddWebhook();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        await floor.Db.Write(s => s.Execute(Died, new { attempts = floor.Options.MostAttempts, at = floor.Db.Now.AddSeconds(-1) }));
        Assert.Equal(default, await floor.Sender.Run());
        Assert.Equal((DeliveryStatus.Failed, floor.Options.MostAttempts), ((await floor.One()).Status, (await floor.One()).Attempts));
        Assert.Empty(floor.Room.Inbox);
    }
}
