using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Digests;

/// <summary>How often each person is mailed a digest, as they chose themselves.</summary>
public sealed class DigestChoices(Db db)
{
    private static readonly Statement Chosen = new("SELECT Digest FROM People WHERE Id = @personId");
    private static readonly Statement Choose = new("UPDATE People SET Digest = @rhythm WHERE Id = @personId");

    /// <summary>What holds for a person, chosen or by their role.</summary>
    public static async Task<DigestRhythm> Of(Session session, Viewer viewer) => viewer.PersonId is not { } personId ? DigestRhythm.Off
        : await session.First<int?>(Chosen, new { personId }) is { } chosen ? (DigestRhythm)chosen : DigestRhythms.Of(viewer.Role);

    public Task<DigestRhythm> Read(Viewer viewer, CancellationToken cancel = default) => db.Read(s => Of(s, viewer), cancel);

    public Task Save(Viewer viewer, DigestRhythm rhythm, CancellationToken cancel = default) => viewer.PersonId is not { } personId ? Task.CompletedTask : db.Write(async s =>
    {
        await s.Execute(Choose, new { personId, rhythm = (int)rhythm });
        await Audit.Write(s, viewer, "digestChosen", "person", personId, new { rhythm = rhythm.ToString() });
    }, cancel);
}
