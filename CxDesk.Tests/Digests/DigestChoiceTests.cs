using System.Net;
using CxDesk.Data.Digests;
using CxDesk.Data.People;
using CxDesk.Tests.People;

namespace CxDesk.Tests.Digests;

public sealed class DigestChoiceTests
{
    [Fact]
    public async Task The_account_page_keeps_how_often_and_shows_what_would_be_sent()
    {
        await using var app = new PeopleApp();
        var id = await app.Add("ada", Role.Executive);
        using var browser = app.Browser();
        await PeopleApp.SignIn(browser, "ada");

        Assert.Contains("<option value=\"Weekly\" selected", await browser.GetStringAsync("/account"));
        var saved = await PeopleApp.Send(browser, "/account", "digest", ("Digest.Rhythm", "Daily"));
        Assert.Equal((HttpStatusCode.Redirect, "/account?digested=1#digest"), (saved.StatusCode, saved.Headers.Location!.ToString()));
        Assert.Equal(DigestRhythm.Daily, await app.Get<DigestChoices>().Read(new Viewer { PersonId = id, Name = "ada", Role = Role.Executive, Reach = Reach.All }));
        Assert.Contains("<option value=\"Daily\" selected", await browser.GetStringAsync("/account"));

        var preview = await browser.GetStringAsync("/account/digest?rhythm=weekly");
        Assert.Contains("ada, this is how the week went", preview);
        Assert.Contains("No case of yours is overdue.", preview);
        Assert.Equal(1, preview.Split("<!DOCTYPE").Length - 1);
    }
}
