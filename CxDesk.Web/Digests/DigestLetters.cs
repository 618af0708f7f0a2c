using CxDesk.Data.Deliveries;
using CxDesk.Data.Digests;
using CxDesk.Data.People;
using CxDesk.Web.Deliveries;

namespace CxDesk.Web.Digests;

/// <summary>Reads and writes somebody's digest, to be mailed or looked at: as they may see it at this moment.</summary>
public sealed class DigestLetters(DigestQuery query, DigestWords words, ViewerQuery viewers)
{
    public async Task<Letter> Write(Viewer viewer, DigestPeriod period, string? language, CancellationToken cancel = default) =>
        words.Write(await query.Read(viewer, period, cancel), language);

    /// <summary>That of a delivery.</summary>
    public async Task<Letter> Write(Delivery delivery)
    {
        var person = await viewers.FindPerson(delivery.PersonId!.Value) ?? throw new InvalidOperationException($"Delivery {delivery.Id}: the person has gone since.");
        return await Write(person.Viewer, delivery.Detail.Digest!, delivery.Language);
    }
}
