using Bunit;
using CxDesk.Data.Admin;
using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Tests.Cases;
using CxDesk.Tests.People;
using CxDesk.Tests.Shell;
using CxDesk.Web.Admin;
using CxDesk.Web.Notices;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace CxDesk.Tests.Deliveries;

public sealed class DeliveriesPageTests : ShellContext
{
    private const int Admin = 7;
    private static readonly Statement MakeAdmin = new("UPDATE People SET Role = 5 WHERE Id = 7");
    private static readonly Statement Mark = new("UPDATE Deliveries SET Status = @status, LastError = @error WHERE DedupKey = @key");

    [Fact]
    public async Task What_failed_is_shown_with_its_error_sent_again_and_leaves_the_list_by_itself()
    {
        await using var floor = await Open();
        var caseId = (await floor.Cases.Open()).CaseId;
        await floor.Tell(CaseFloor.Supervisor, caseId, key: "a");
        await floor.Tell(CaseFloor.Manager, caseId, key: "b");
        await floor.Db.Write(s => s.Execute(Mark, new { status = (int)DeliveryStatus.Failed, error = "550 no such person", key = "mail/a" }));

        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/deliveries?status=Failed");
        var page = Render<Web.Admin.DeliveriesPage>();
        page.WaitForAssertion(() => Assert.Contains("Last error: 550 no such person", Assert.Single(page.FindAll("[data-delivery]")).TextContent));
        Assert.Equal("true", page.Find("a[href='/admin/deliveries?status=Failed']").GetAttribute("aria-current"));
        Assert.Contains("1", page.Find("a[href='/admin/deliveries?status=Queued'] .count").TextContent);

        await page.Find("[data-delivery] button").ClickAsync(new());
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-state=nothing-matches]")));
        Assert.All(await floor.Read(), r => Assert.Equal(DeliveryStatus.Queued, r.Status));
    }

    [Fact]
    public async Task What_is_queued_can_be_taken_back()
    {
        await using var floor = await Open();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        var page = Render<Web.Admin.DeliveriesPage>();
        await page.WaitForElement("[data-delivery] button").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("taken back by hand", page.Find("[data-delivery]").TextContent));
        Assert.Equal(DeliveryStatus.Cancelled, (await floor.One()).Status);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Whoever_is_no_admin_reads_nothing()
    {
        await using var floor = await Open(CaseFloor.Manager);
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        Assert.Empty(Render<Web.Admin.DeliveriesPage>().FindAll("[data-delivery]"));
        Assert.Empty((await new DeliveriesQuery(floor.Db).Read(CaseFloor.ViewerOf(CaseFloor.Manager), new DeliveriesFilter())).Rows);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => new DeliveryWriter(floor.Db).Retry(CaseFloor.ViewerOf(CaseFloor.Manager), 1));
    }

    [Fact]
    public async Task A_webhook_is_added_its_faults_stand_under_their_fields_and_the_second_save_comes_second()
    {
        await using var floor = await Open();
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/admin/webhooks?add=1");
        var page = Render<WebhooksPage>();
        await page.WaitForElement("#name").ChangeAsync("Desk room");
        await page.Find("#address").ChangeAsync("not an address");
        await page.Find(".side form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("https://example.com/hook", page.Find(".fault").TextContent));
        Assert.Equal("true", page.Find("#address").GetAttribute("aria-invalid"));

        await page.Find("#address").ChangeAsync(floor.Room.Address);
        await page.Find("#secret").ChangeAsync("s3cret");
        await page.Find(".side form").SubmitAsync();
        page.WaitForAssertion(() => Assert.EndsWith("webhook=1", navigation.Uri, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("signed", page.Find("tbody tr").TextContent));
        Assert.DoesNotContain("s3cret", page.Markup);

        var other = Assert.Single(await new WebhooksQuery(floor.Db).All(Viewer.System));
        await new WebhookWriter(floor.Db).Edit(new Viewer { PersonId = CaseFloor.Manager, Name = "Mia", Role = Role.Admin, Reach = Reach.All },
            new EditWebhook { Id = 1, Version = other.RowVersion, Name = "Theirs", Address = other.Address, Shape = other.Shape, KeepsSecret = true, Language = "en" });
        await page.Find("#name").ChangeAsync("Mine");
        await page.Find(".side form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Mia changed this meanwhile", page.Find("[role=alert]").TextContent));
        Assert.Equal("Mine", page.Find("#name").GetAttribute("value"));
    }

    private async Task<DeliveryFloor> Open(int personId = Admin)
    {
        var floor = await DeliveryFloor.Create();
        await floor.Db.Write(s => s.Execute(MakeAdmin));
        await this.SignIn(floor.Cases.Database, personId);
        Services.AddSingleton<DeliveriesQuery>();
        Services.AddSingleton<DeliveryWriter>();
        Services.AddSingleton<WebhooksQuery>();
        Services.AddSingleton<WebhookWriter>();
        Services.AddSingleton<UnitTreeQuery>();
        Services.AddSingleton<NoticeWords>();
        Services.AddSingleton(floor.MailSettings);
        Services.AddScoped<DialogService>();
        return floor;
    }
}
