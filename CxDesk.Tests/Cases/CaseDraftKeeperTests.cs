using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Web.Cases;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;

namespace CxDesk.Tests.Cases;

public class CaseDraftKeeperTests
{
    [Fact]
    public async Task What_was_being_kept_when_a_note_was_sent_is_not_offered_again()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var drafts = new CaseDraftStore(floor.Database.Db);
        var id = (await floor.Open()).CaseId;
        var ann = CaseFloor.ViewerOf(CaseFloor.Agent);
        var keeper = new CaseDraftKeeper(drafts, new NoBrowser(), floor.Database.Time, NullLogger.Instance, ann, id);
        keeper.Type(CaseDraftField.Note, "Called her");
        await floor.Do(CaseFloor.Agent, new NoteCase { CaseId = id, Text = "Called her", Draft = CaseDraftField.Note });
        // A keep that had begun before comes in after.
        await drafts.Keep(ann, id, CaseDraftField.Note, "Called her");
        await keeper.Over(CaseDraftField.Note, isStored: true);
        await keeper.DisposeAsync();
        Assert.Empty(await drafts.Read(ann, id));
    }

    private sealed class NoBrowser : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => default;

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => default;
    }
}
