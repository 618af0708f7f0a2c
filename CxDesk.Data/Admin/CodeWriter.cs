using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Admin;

/// <summary>Names codes and says what they mean. That places them.</summary>
public sealed class CodeWriter(Db db)
{
    // These tables have no row version: the name and the mark that were read stand for it.
    private static readonly StatementFamily<CodeList> Update = new(Enum.GetValues<CodeList>(), (_, list) => $"""
        UPDATE {CodesQuery.Table(list)} SET Name = @name, IsPlaced = 1{Extras(list)}
        WHERE Id = @id AND Name = @wasName AND IsPlaced = @wasPlaced
        """);

    /// <param name="was">As it was read.</param>
    /// <param name="next">As it is to be; id and code stay.</param>
    /// <exception cref="InvalidField">name, minimum, maximum, unit, upperLimit, expectedSilenceMinutes.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody else saved this code since it was read.</exception>
    public Task Save(Viewer actor, CodeList list, CodeRow was, CodeRow next, CancellationToken cancel = default) => db.Write(async s =>
    {
        var name = Codes.Name(next.Name, "name");
        Check(list, next);
        var entity = list.ToString().ToLowerInvariant();
        var changed = await s.Execute(Update[list], new
        {
            id = was.Id, name, wasName = was.Name, wasPlaced = was.IsPlaced,
            minimum = next.Minimum, maximum = next.Maximum, unit = (int?)next.Unit, upperLimit = next.UpperLimit, isHigherBetter = next.IsHigherBetter ?? false, expectedSilenceMinutes = next.ExpectedSilenceMinutes,
        });
        if (changed == 0) throw await Audit.Conflict(s, entity, was.Id);
        await Audit.Write(s, actor, "codePlaced", entity, was.Id, new { from = was, to = next with { Name = name } });
        s.Changed(ChangeTopic.Units);
    }, cancel);

    private static void Check(CodeList list, CodeRow code)
    {
        switch (list)
        {
            case CodeList.Attributes when code is not { Minimum: { } low, Maximum: { } high } || !(low < high) || !double.IsFinite(low) || !double.IsFinite(high):
                throw new InvalidField("maximum", "Range", "maximum: is not over minimum.");
            case CodeList.Measures when code.Unit is not { } unit || !Enum.IsDefined(unit):
                throw new InvalidField("unit", "Missing", "unit: is none of number, seconds, share.");
            case CodeList.Measures when code.UpperLimit is { } limit && !double.IsFinite(limit):
                throw new InvalidField("upperLimit", "Range", "upperLimit: is not a number.");
            case CodeList.Sources when code.ExpectedSilenceMinutes is not > 0:
                throw new InvalidField("expectedSilenceMinutes", "Range", "expectedSilenceMinutes: is not over 0.");
        }
    }

    private static string Extras(CodeList list) => list switch
    {
        CodeList.Sources => ", ExpectedSilenceMinutes = @expectedSilenceMinutes",
        CodeList.Attributes => ", Minimum = @minimum, Maximum = @maximum",
        CodeList.Measures => ", Unit = @unit, UpperLimit = @upperLimit, IsHigherBetter = @isHigherBetter",
        CodeList.Products or CodeList.Channels or CodeList.Touchpoints or CodeList.Segments => "",
    };
}
