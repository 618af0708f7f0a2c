using System.Text.Json;
using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Feed;
using CxDesk.Data.Notices;
using CxDesk.Data.People;

namespace CxDesk.Data.Digests;

/// <summary>
/// Puts the digests that are due into the outbox, one for each person and period: a second run, or a second node, finds them there.
/// What they say is read only when they leave, so that nobody is mailed what they may not see any more.
/// </summary>
public sealed class DigestWriter(Db db, Company company, RegionCalendars calendars, MailOptions mail)
{
    public const int CompanyId = 1;

    // Whoever may sign in and has an address. A place held today can raise a role (ViewerQuery).
    private static readonly Statement Readers = new($"""
        SELECT p.Id AS {nameof(ReaderRow.Id)}, p.Role AS {nameof(ReaderRow.Role)}, p.Digest AS {nameof(ReaderRow.Digest)},
               (SELECT MAX(l.Role) FROM Places l WHERE l.PersonId = p.Id AND l.FromDay <= @today AND (l.ToDay IS NULL OR l.ToDay > @today) AND l.Role <= 4) AS {nameof(ReaderRow.PlaceRole)}
        FROM People p
        WHERE p.IsActive = 1 AND p.Email IS NOT NULL AND p.UserName IS NOT NULL AND p.SecurityStamp IS NOT NULL AND p.Role IS NOT NULL
            AND (p.Digest IS NULL OR p.Digest > 0)
            AND (@daily IS NULL OR NOT EXISTS (SELECT 1 FROM Deliveries d WHERE d.DedupKey = CONCAT('digest/', p.Id, '/', @daily))
                OR @weekly IS NULL OR NOT EXISTS (SELECT 1 FROM Deliveries d WHERE d.DedupKey = CONCAT('digest/', p.Id, '/', @weekly)))
        """);

    private static readonly Statement Queue = new("""
        INSERT INTO Deliveries (Channel, PersonId, Event, Detail, DedupKey, CreatedAt, NextAt)
        SELECT 1, p.Id, 'digest', @detail, @key, @at, @at
        FROM People p WHERE p.Id = @personId AND NOT EXISTS (SELECT 1 FROM Deliveries d WHERE d.DedupKey = @key)
        """);

    /// <returns>How many were put down.</returns>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        if (!mail.IsSetUp) return 0;
        var (daily, weekly) = await db.Read(async s =>
        {
            var calendar = await calendars.Of(s, CompanyId);
            return (DigestPeriod.Due(DigestRhythm.Daily, s.Now, calendar, company), DigestPeriod.Due(DigestRhythm.Weekly, s.Now, calendar, company));
        }, cancel);
        if (daily is null && weekly is null) return 0;
        var due = (await db.Read(s => s.Query<ReaderRow>(Readers, new { today = company.DayOf(s.Now), daily = daily?.Suffix, weekly = weekly?.Suffix }), cancel))
            .Select(r => (r.Id, Period: r.Rhythm switch { DigestRhythm.Daily => daily, DigestRhythm.Weekly => weekly, DigestRhythm.Off => null }))
            .Where(r => r.Period is not null).ToList();
        return due.Count == 0 ? 0 : await db.Write(async s =>
        {
            var queued = 0;
            foreach (var (personId, period) in due)
                queued += await s.Execute(Queue, new
                {
                    personId, key = period!.Key(personId), at = s.Now, detail = JsonSerializer.Serialize(new NoticeDetail { Digest = period }, JsonSerializerOptions.Web),
                });
            if (queued > 0) s.Changed(ChangeTopic.Deliveries);
            return queued;
        }, cancel);
    }

    private sealed record ReaderRow
    {
        public required int Id { get; init; }
        public required Role Role { get; init; }
        public required Role? PlaceRole { get; init; }
        public required DigestRhythm? Digest { get; init; }

        public DigestRhythm Rhythm => Digest ?? DigestRhythms.Of(Role is Role.Admin or Role.Wall || PlaceRole is not { } place || place < Role ? Role : place);
    }
}
