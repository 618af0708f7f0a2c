using CxDesk.Data.Database;

namespace CxDesk.Data.Ingest;

/// <summary>
/// The customers of one write. A record follows the newest answer that tells something; an older one, arriving late,
/// only fills what is not known yet.
/// </summary>
internal sealed class CustomerRecords(Session session)
{
    private static readonly string[] Parameters = ["code", "name", "segment", "value12m", "phone", "email", "language", "noContact", "at"];

    private static readonly Statement Follow = new(d => $"""
        UPDATE Customers SET
            Name = CASE WHEN AsOf <= @at THEN COALESCE(@name, Name) ELSE COALESCE(Name, @name) END,
            Segment = CASE WHEN AsOf <= @at THEN COALESCE(@segment, Segment) ELSE COALESCE(Segment, @segment) END,
            Value12m = CASE WHEN AsOf <= @at THEN COALESCE(@value12m, Value12m) ELSE COALESCE(Value12m, @value12m) END,
            Phone = CASE WHEN AsOf <= @at THEN COALESCE(@phone, Phone) ELSE COALESCE(Phone, @phone) END,
            Email = CASE WHEN AsOf <= @at THEN COALESCE(@email, Email) ELSE COALESCE(Email, @email) END,
            Language = CASE WHEN AsOf <= @at THEN COALESCE(@language, Language) ELSE COALESCE(Language, @language) END,
            NoContact = CASE WHEN AsOf <= @at THEN COALESCE(@noContact, NoContact) ELSE NoContact END,
            AsOf = CASE WHEN AsOf <= @at THEN @at ELSE AsOf END
        {d.Output("Id")} WHERE Code = @code {d.Returning("Id")}
        """);

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Customers (Code, Name, Segment, Value12m, Phone, Email, Language, NoContact, AsOf) {d.Output("Id")}
        VALUES (@code, @name, @segment, @value12m, @phone, @email, @language, COALESCE(@noContact, 0), @at) {d.Returning("Id")}
        """);

    private static readonly Statement ValueOf = new("SELECT Value12m FROM Customers WHERE Id = @id");

    private static readonly Statement CountAll = new("SELECT COUNT(*) FROM Customers");

    private static readonly Statement ValueAt = new(d => $"""
        SELECT Value12m FROM Customers WHERE Value12m IS NOT NULL ORDER BY Value12m DESC {d.Page("@rank", "1")}
        """);

    private decimal? _tierAOver;

    /// <returns>The id of the record.</returns>
    public long Store(IncomingCustomer customer, DateTimeOffset at) =>
        Bind(Follow, customer, at).Id() ?? Bind(Insert, customer, at).Id() ?? throw new InvalidOperationException("A customer was stored without an id.");

    /// <summary>What a customer is worth as the record has it now, whoever told it.</summary>
    public Task<decimal?> Value(long id) => session.First<decimal?>(ValueOf, new { id });

    /// <summary>
    /// Whether somebody is among the top tenth by value, as <see cref="Cases.CaseRules.IsTierA"/> has it: those who
    /// spent at least as much are no more than a tenth when the customer ranked after that tenth spent less.
    /// Looked up once a write, after its customers are stored.
    /// </summary>
    public async ValueTask<bool> IsTierA(decimal? value12m)
    {
        if (value12m is not > 0) return false;
        _tierAOver ??= await session.First<decimal?>(ValueAt, new { rank = await session.Single<long>(CountAll) / 10 }) ?? 0;
        return value12m > _tierAOver;
    }

    private PreparedCommand Bind(Statement statement, IncomingCustomer c, DateTimeOffset at) =>
        session.Prepare(statement, Parameters).Set(c.Id, c.Name, c.Segment, c.Value12m, c.Phone, c.Email, c.Language, c.NoContact, at);
}
