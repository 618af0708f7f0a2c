using System.Text;
using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;
using CxDesk.Web.Deliveries;
using Microsoft.AspNetCore.Http;

namespace CxDesk.Tests.Deliveries;

public class WebhookDeliveryTests
{
    private static readonly Statement NoMail = new("UPDATE People SET Email = NULL");
    private static readonly Statement Keys = new("SELECT DedupKey FROM Deliveries WHERE Channel = 2 ORDER BY Id");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_program_is_sent_signed_json_without_the_customer(DatabaseProvider engine)
    {
        await using var floor = await Create(engine);
        await floor.AddWebhook(secret: "s3cret");
        var opened = await floor.Cases.Open(comment: "My number is 0612345678", customerId: await floor.Cases.Customer("Jane Roe"));
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, NoticeEvent.CaseEscalated, detail: new NoticeDetail { Level = 2 });
        Assert.Equal(new DeliveryRun(1, 0, 0), await floor.Sender.Run());

        var posted = Assert.Single(floor.Room.Inbox);
        var json = posted.Json;
        Assert.Equal(("caseEscalated", "Sue", 2), (json.GetProperty("event").GetString(), json.GetProperty("to").GetString(), json.GetProperty("level").GetInt32()));
        Assert.Equal(($"C-{opened.CaseId}", "new", "medium"), (json.GetProperty("case").GetProperty("id").GetString(), json.GetProperty("case").GetProperty("status").GetString(), json.GetProperty("case").GetProperty("severity").GetString()));
        Assert.Equal($"https://cx.example.com/cases/C-{opened.CaseId}", json.GetProperty("link").GetString());
        Assert.Equal(posted.Headers[WebhookMessage.KeyHeader], json.GetProperty("id").GetString());
        Assert.Equal("sha256=" + WebhookMessage.Signature("s3cret", posted.Headers[WebhookMessage.TimestampHeader], posted.Body), posted.Headers[WebhookMessage.SignatureHeader]);
        Assert.DoesNotContain("Jane", Encoding.UTF8.GetString(posted.Body));
        Assert.DoesNotContain("0612345678", Encoding.UTF8.GetString(posted.Body));
    }

    [Theory]
    [InlineData(WebhookShape.Slack, """{"text":"To Sue: C-1001 is due soon\nhttps://cx.example.com/cases/C-1001"}""")]
    [InlineData(WebhookShape.WeCom, """{"msgtype":"text","text":{"content":"To Sue: C-1001 is due soon\nhttps://cx.example.com/cases/C-1001"}}""")]
    [InlineData(WebhookShape.DingTalk, """{"msgtype":"text","text":{"content":"To Sue: C-1001 is due soon\nhttps://cx.example.com/cases/C-1001"}}""")]
    [InlineData(WebhookShape.Feishu, """{"msg_type":"text","content":{"text":"To Sue: C-1001 is due soon\nhttps://cx.example.com/cases/C-1001"}}""")]
    [InlineData(WebhookShape.Teams, """{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.2","body":[{"type":"TextBlock","text":"To Sue: C-1001 is due soon","wrap":true}],"actions":[{"type":"Action.OpenUrl","title":"CxDesk","url":"https://cx.example.com/cases/C-1001"}]}}]}""")]
    public async Task A_room_is_sent_the_shape_that_it_reads(WebhookShape shape, string body)
    {
        await using var floor = await Create();
        await floor.AddWebhook(shape);
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId, NoticeEvent.CaseDueSoon);
        await floor.Sender.Run();
        Assert.Equal(body, Encoding.UTF8.GetString(Assert.Single(floor.Room.Inbox).Body));
    }

    [Fact]
    public async Task Rooms_with_a_secret_get_the_signature_that_they_compute()
    {
        await using var floor = await Create();
        await floor.AddWebhook(WebhookShape.DingTalk, secret: "SECabc", address: floor.Room.Address + "?access_token=t");
        await floor.AddWebhook(WebhookShape.Feishu, secret: "demo", language: "zh-Hans");
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId, NoticeEvent.CaseOverdue);
        await floor.Sender.Run();
        var ding = floor.Room.Inbox.Single(p => p.Query.Length > 0);
        Assert.Equal($"?access_token=t&timestamp=1789387200000&sign={Uri.EscapeDataString(WebhookMessage.DingTalkSign("SECabc", "1789387200000"))}", ding.Query);
        var feishu = floor.Room.Inbox.Single(p => p.Query.Length == 0).Json;
        Assert.Equal(WebhookMessage.FeishuSign("demo", "1789387200"), feishu.GetProperty("sign").GetString());
        Assert.StartsWith("致 Sue：C-1001 已逾期", feishu.GetProperty("content").GetProperty("text").GetString());
    }

    // Computed by hand with openssl from the two descriptions.
    [Fact]
    public void Signatures_are_those_of_the_descriptions()
    {
        Assert.Equal("251ymK1DMiOoZfQVOB8rUvdQVSxdr7zMtavd+PlY6Ew=", WebhookMessage.DingTalkSign("SEC1", "1600000000000"));
        Assert.Equal("GlNMwbDpZSflJdXsx3RbcRgWYzASQ6K7L6u042R2IM0=", WebhookMessage.FeishuSign("SEC1", "1600000000"));
        Assert.Equal("fa2b6104c6bf01d884ec9212e12a6303ee3b14f8b62cbbb6dac9ca24bbedc116", WebhookMessage.Signature("SEC1", "1600000000", "{}"u8));
    }

    [Fact]
    public async Task Errors_of_the_server_are_tried_again_under_the_same_key_and_faults_of_ours_are_not()
    {
        await using var floor = await Create();
        await floor.AddWebhook();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        floor.Room.Answers.Enqueue(HookServer.Status(503));
        floor.Room.Answers.Enqueue(HookServer.Status(429, retryAfter: "600"));
        floor.Room.Answers.Enqueue(HookServer.Status(404));
        await floor.Sender.Run();
        Assert.InRange(((await floor.One()).NextAt - floor.Db.Now).TotalSeconds, 24, 36);
        floor.Pass(TimeSpan.FromSeconds(40));
        await floor.Sender.Run();
        Assert.Equal(600, ((await floor.One()).NextAt - floor.Db.Now).TotalSeconds);
        floor.Pass(TimeSpan.FromSeconds(601));
        await floor.Sender.Run();
        var row = await floor.One();
        Assert.Equal((DeliveryStatus.Failed, 3), (row.Status, row.Attempts));
        Assert.StartsWith("404", row.LastError);
        Assert.Single(floor.Room.Inbox.Select(p => p.Headers[WebhookMessage.KeyHeader]).Distinct());
        Assert.Equal(3, floor.Room.Inbox.Count);
    }

    [Fact]
    public async Task An_answer_in_no_character_set_and_a_wait_of_years_hold_nothing_up()
    {
        await using var floor = await Create();
        await floor.AddWebhook();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        floor.Room.Answers.Enqueue(HookServer.Status(503, retryAfter: "999999999"));
        floor.Room.Answers.Enqueue(context =>
        {
            context.Response.ContentType = "text/plain; charset=none-such";
            return context.Response.WriteAsync("ok");
        });
        await floor.Sender.Run();
        var row = await floor.One();
        Assert.InRange(row.NextAt - floor.Db.Now, TimeSpan.FromMinutes(1), TimeSpan.FromHours(floor.Options.NewsForHours));
        floor.Pass(row.NextAt - floor.Db.Now);
        await floor.Sender.Run();
        Assert.Equal(DeliveryStatus.Sent, (await floor.One()).Status);
    }

    [Theory]
    [InlineData(WebhookShape.Json, DeliveryStatus.Queued)]
    [InlineData(WebhookShape.Slack, DeliveryStatus.Unknown)]
    public async Task No_answer_in_time_is_asked_again_of_a_program_and_a_doubt_in_a_room(WebhookShape shape, DeliveryStatus status)
    {
        await using var floor = await Create();
        await floor.AddWebhook(shape);
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        floor.Room.Answers.Enqueue(HookServer.Never);
        floor.Options.TimeoutSeconds = 1;
        await floor.Sender.Run();
        Assert.Equal((status, "No answer within 1 s."), ((await floor.One()).Status, (await floor.One()).LastError));
    }

    [Theory]
    [InlineData(WebhookShape.Json, 2)]
    [InlineData(WebhookShape.Teams, 1)]
    public async Task After_a_sender_that_died_in_between_only_a_program_that_knows_the_key_is_sent_it_again(WebhookShape shape, int posts)
    {
        await using var floor = await Create();
        await floor.AddWebhook(shape);
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        await floor.Sender.Run();
        Assert.Single(floor.Room.Inbox);
        // As if it had died before it could note the answer.
        await floor.Db.Write(s => s.Execute(Undone, new { at = floor.Db.Now.AddSeconds(-1) }));
        await floor.Sender.Run();
        Assert.Equal(posts, floor.Room.Inbox.Count);
        Assert.Single(floor.Room.Inbox.Select(p => p.Headers[WebhookMessage.KeyHeader]).Distinct());
        Assert.Equal(posts == 2 ? DeliveryStatus.Sent : DeliveryStatus.Unknown, (await floor.One()).Status);
    }

    private static readonly Statement Undone = new("UPDATE Deliveries SET Status = 2, Lease = 'dead', LeasedUntil = @at, EndedAt = NULL");

    [Theory]
    [InlineData(WebhookShape.WeCom, """{"errcode":93000,"errmsg":"invalid webhook url"}""", DeliveryStatus.Failed)]
    [InlineData(WebhookShape.WeCom, """{"errcode":45009,"errmsg":"api freq out of limit"}""", DeliveryStatus.Queued)]
    [InlineData(WebhookShape.DingTalk, """{"errcode":310000,"errmsg":"sign not match"}""", DeliveryStatus.Failed)]
    [InlineData(WebhookShape.DingTalk, """{"errcode":0,"errmsg":"ok"}""", DeliveryStatus.Sent)]
    [InlineData(WebhookShape.Feishu, """{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}""", DeliveryStatus.Failed)]
    [InlineData(WebhookShape.Feishu, """{"code":0,"msg":"success","StatusCode":0}""", DeliveryStatus.Sent)]
    public async Task What_a_room_says_in_the_body_counts(WebhookShape shape, string answer, DeliveryStatus status)
    {
        await using var floor = await Create();
        await floor.AddWebhook(shape);
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        floor.Room.Answer = HookServer.Says(answer);
        await floor.Sender.Run();
        Assert.Equal(status, (await floor.One()).Status);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var floor = await Create();
        await floor.AddWebhook();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        floor.Room.Answers.Enqueue(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await floor.Sender.Run();
        Assert.Equal(DeliveryStatus.Failed, (await floor.One()).Status);
        Assert.Single(floor.Room.Inbox);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_webhook_hears_of_its_unit_and_its_topics(DatabaseProvider engine)
    {
        await using var floor = await Create(engine);
        var everything = await floor.AddWebhook();
        var north = await floor.AddWebhook(unitId: CaseFloor.Region);
        await floor.AddWebhook(unitId: CaseFloor.OtherRegion);
        await floor.AddWebhook(topics: NoticeTopic.Reopened.Bit());
        var opened = await floor.Cases.Open();
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, key: "a");
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, key: "a");
        await floor.Tell(CaseFloor.Supervisor, null, NoticeEvent.CasesOverdue, "b", new NoticeDetail { Cases = 2 });
        Assert.Equal([$"hook/{everything}/a", $"hook/{north}/a", $"hook/{everything}/b", $"hook/{north}/b"], (await floor.Db.Read(s => s.Query<string>(Keys))).Order().OrderBy(k => k[^1]));
    }

    [Fact]
    public async Task A_test_arrives_and_says_that_nothing_happened()
    {
        await using var floor = await Create();
        var id = await floor.AddWebhook(WebhookShape.Slack);
        await new WebhookWriter(floor.Db).Test(Viewer.System, id);
        await floor.Sender.Run();
        Assert.StartsWith("A test from CxDesk", Assert.Single(floor.Room.Inbox).Json.GetProperty("text").GetString());
    }

    private static async Task<DeliveryFloor> Create(DatabaseProvider engine = DatabaseProvider.Sqlite)
    {
        var floor = await DeliveryFloor.Create(engine);
        await floor.Db.Write(s => s.Execute(NoMail));
        return floor;
    }
}
