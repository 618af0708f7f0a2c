using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <param name="Result">What came of it for this case.</param>
public sealed record CaseOfMany(long CaseId, CaseResult Result)
{
    public bool IsDone => Result is CaseResult.Done;
}

/// <summary>
/// Does the same to many cases: a command for each, a transaction for each, a result for each. One that is not possible
/// keeps none of the others from being done.
/// </summary>
public sealed class CaseBulkWriter(CaseWriter writer)
{
    /// <param name="caseIds">Each is done once, in their order.</param>
    /// <param name="commands">What to do to a case, one after the other; the first that is refused ends it for that case.</param>
    public async Task<IReadOnlyList<CaseOfMany>> Do(
        Viewer actor, IEnumerable<long> caseIds, IReadOnlyList<Func<long, CaseCommand>> commands, CancellationToken cancel = default)
    {
        var results = new List<CaseOfMany>();
        foreach (var id in caseIds.Distinct())
        {
            CaseResult result = new CaseResult.NotFound();
            foreach (var command in commands)
                if ((result = await writer.Do(actor, command(id), cancel)) is not CaseResult.Done) break;
            results.Add(new CaseOfMany(id, result));
        }
        return results;
    }
}
