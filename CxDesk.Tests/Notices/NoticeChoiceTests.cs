using System.Net;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Tests.People;

namespace CxDesk.Tests.Notices;

public sealed class NoticeChoiceTests
{
    [Fact]
    public async Task The_account_page_keeps_what_a_person_chose_and_names_a_wrong_address_under_its_field()
    {
        await using var app = new PeopleApp();
        var id = await app.Add("ada", Role.Supervisor);
        using var browser = app.Browser();
        await PeopleApp.SignIn(browser, "ada");

        var wrong = await PeopleApp.Send(browser, "/account", "notices", ("Notices.Email", "ada"), ("Notices.Bell", "Assigned"));
        Assert.Contains("An address such as name@example.com.", await wrong.Content.ReadAsStringAsync());
        var saved = await PeopleApp.Send(browser, "/account", "notices",
            ("Notices.Email", "ada@example.com"), ("Notices.AnyHour", "true"), ("Notices.Bell", "Assigned"), ("Notices.Bell", "Escalated"), ("Notices.Mail", "Escalated"));
        Assert.Equal((HttpStatusCode.Redirect, "/account?noticed=1"), (saved.StatusCode, saved.Headers.Location!.ToString()));

        var choices = (await app.Get<NoticePreferences>().Read(new Viewer { PersonId = id, Name = "ada", Role = Role.Supervisor, Reach = Reach.Units }))!;
        Assert.Equal(("ada@example.com", true), (choices.Email, choices.AnyHour));
        Assert.Equal([NoticeTopic.Assigned, NoticeTopic.Escalated], choices.Topics.Where(t => t.ByBell).Select(t => t.Topic));
        Assert.Equal([NoticeTopic.Escalated], choices.Topics.Where(t => t.ByMail).Select(t => t.Topic));
    }
}
