using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Cases;

public sealed class CaseDeskApiTests : CaseApiApp
{
    [Fact]
    public async Task The_next_case_is_claimed_for_a_named_owner_until_there_is_none()
    {
        await Floor.Open(csat: 2);
        await Floor.Open(csat: 1);
        Assert.Equal("owner", await Faulty("/api/v1/cases/claim-next", new { }));
        Assert.Equal("owner", await Faulty("/api/v1/cases/claim-next", new { owner = "nobody" }));
        var first = await Send("/api/v1/cases/claim-next", new { owner = "ann" });
        Assert.Equal(("C-1002", "ann"), (Text(first, "id"), Text(first, "owner")));
        Assert.Equal("C-1001", Text(await Send("/api/v1/cases/claim-next", new { owner = "bob" }), "id"));
        Assert.Equal(HttpStatusCode.NoContent, (await Client.PostAsJsonAsync("/api/v1/cases/claim-next", new { owner = "ann" })).StatusCode);
    }

    [Fact]
    public async Task Many_are_changed_with_a_result_for_each()
    {
        await Floor.Open();
        await Floor.Open();
        await Floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = 1002, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        var answer = await Send("/api/v1/cases/bulk", new { ids = (string[])["C-1001", "C-1002", "C-1999"], assign = "ann", note = "the outage" });
        Assert.Equal(1, answer.GetProperty("done").GetInt32());
        Assert.Equal([(null, null), ("alreadyResolved", "The case is resolved. Reopen it first."), ("notFound", "There is no such case.")],
            answer.GetProperty("results").EnumerateArray().Select(r => (Text(r, "reason"), Text(r, "error"))));
        Assert.Equal("ids", await Faulty("/api/v1/cases/bulk", new { assign = "ann" }));
        Assert.Equal("ids[1]", await Faulty("/api/v1/cases/bulk", new { ids = (string[])["C-1001", "x"], assign = "ann" }));
        Assert.Equal("assign", await Faulty("/api/v1/cases/bulk", new { ids = (string[])["C-1001"] }));
        Assert.Equal("note", await Faulty("/api/v1/cases/bulk", new { ids = (string[])["C-1001"], note = " " }));
    }

    [Fact]
    [Trait("Behaviour", "15")]
    public async Task Causes_are_told_and_an_unknown_or_retired_one_is_refused_by_name()
    {
        await Floor.Open();
        var (writer, query) = (new RootCauseWriter(Floor.Database.Db), new RootCauseQuery(Floor.Database.Db));
        var billing = (await query.Read()).Find("billing")!;
        await writer.Add(Viewer.System, billing.Id, "Charged twice");
        await writer.Save(Viewer.System, billing, billing with { IsRetired = true });
        var causes = await Client.GetFromJsonAsync<JsonElement>("/api/v1/root-causes");
        var own = causes.EnumerateArray().Single(c => Text(c, "code") == "Charged twice");
        Assert.Equal(("billing", true, "Billing"), (Text(own, "parent"), own.GetProperty("retired").GetBoolean(), own.GetProperty("path")[0].GetString()));
        foreach (var cause in (string[])["Charged twice", "billing", "nonsense"])
            Assert.Equal("rootCause", await Faulty("/api/v1/cases/C-1001/resolve", new { rootCause = cause, contactOutcome = "reached" }));
        Assert.Equal("resolved", Text(await Send("/api/v1/cases/C-1001/resolve", new { rootCause = "other", contactOutcome = "reached" }), "status"));
    }

    [Fact]
    public async Task Followers_and_links_are_set_and_taken_away()
    {
        await Floor.Open();
        await Floor.Open();
        Assert.Equal("Bob", (await Send("/api/v1/cases/C-1001/watch", new { person = "bob" })).GetProperty("watchers")[0].GetString());
        Assert.Empty((await Send("/api/v1/cases/C-1001/unwatch", new { person = "bob" })).GetProperty("watchers").EnumerateArray());
        // Whom the case may not be shown to.
        Assert.Equal("person", await Faulty("/api/v1/cases/C-1001/watch", new { person = "eve" }));
        var linked = await Send("/api/v1/cases/C-1001/links", new { @case = "C-1002", kind = "duplicateOf" });
        Assert.Equal("""[{"case":"C-1002","kind":"duplicateOf"}]""", linked.GetProperty("links").GetRawText());
        Assert.Equal("case", await Faulty("/api/v1/cases/C-1001/links", new { @case = "C-1001", kind = "related" }));
        Assert.Equal("kind", await Faulty("/api/v1/cases/C-1001/links", new { @case = "C-1002", kind = "cousin" }));
        var other = await Client.GetFromJsonAsync<JsonElement>("/api/v1/cases/C-1002");
        Assert.Equal("""[{"case":"C-1001","kind":"duplicatedBy"}]""", other.GetProperty("links").GetRawText());
        Assert.Equal(HttpStatusCode.OK, (await Client.DeleteAsync("/api/v1/cases/C-1002/links/C-1001")).StatusCode);
        Assert.Empty((await Client.GetFromJsonAsync<JsonElement>("/api/v1/cases/C-1001")).GetProperty("links").EnumerateArray());
    }

    private async Task<JsonElement> Send(string path, object body)
    {
        var answer = await Client.PostAsJsonAsync(path, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<string> Faulty(string path, object body)
    {
        var answer = await Client.PostAsJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject()).Name;
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
