using System.Globalization;
using CxDesk.Data.Database;
using CxDesk.Data.Policies;

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
            IsRenamed = CASE WHEN @name IS NOT NULL AND (Name IS NULL OR AsOf <= @at AND Name <> @name) THEN 1 ELSE IsRenamed END,
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

    private static readonly Statement Known = new("SELECT Value12m, Segment FROM Customers WHERE Id = @id");

    private decimal? _tierALimit;

    /// <returns>The id of the record.</returns>
    public long Store(IncomingCustomer customer, DateTimeOffset at) =>
        Bind(Follow, customer, at).Id() ?? Bind(Insert, customer, at).Id() ?? throw new InvalidOperationException("A customer was stored without an id.");

    /// <summary>
    /// What the record tells now, whoever told it. Who is in tier A is looked up once a write, after its customers are
    /// stored.
    /// </summary>
    public async ValueTask<CustomerFacts> Facts(long? id)
    {
        if (id is not { } known) return default;
        var (value12m, segment) = Read(known);
        var tierA = value12m > 0 && ValueTier.IsA(value12m, _tierALimit ??= await ValueTier.Limit(session));
        return new CustomerFacts(value12m, tierA, segment);
    }

    private (decimal?, string?) Read(long id)
    {
        using var reader = session.Prepare(Known, "id").Set(id).Read();
        return reader.Read()
            ? (reader.IsDBNull(0) ? null : Convert.ToDecimal(reader.GetValue(0), CultureInfo.InvariantCulture), reader.IsDBNull(1) ? null : reader.GetString(1))
            : throw new InvalidOperationException($"Customer {id} is gone.");
    }

    private PreparedCommand Bind(Statement statement, IncomingCustomer c, DateTimeOffset at) =>
        session.Prepare(statement, Parameters).Set(c.Id, c.Name, c.Segment, c.Value12m, c.Phone, c.Email, c.Language, c.NoContact, at);
}
