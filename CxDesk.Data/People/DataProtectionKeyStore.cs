using CxDesk.Data.Database;

namespace CxDesk.Data.People;

/// <summary>The keys that cookies and forms are sealed with live in the database, so that a deploy signs nobody out.</summary>
public sealed class DataProtectionKeyStore(Db db)
{
    private static readonly Statement Read = new("SELECT Xml FROM DataProtectionKeys ORDER BY Id");
    private static readonly Statement Add = new("INSERT INTO DataProtectionKeys (FriendlyName, Xml) VALUES (@name, @xml)");

    public Task<IReadOnlyList<string>> All() => db.Read(s => s.Query<string>(Read));

    public Task Store(string name, string xml) => db.Write(s => s.Execute(Add, new { name, xml }));
}
