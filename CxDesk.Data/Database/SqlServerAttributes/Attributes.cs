// The few types that Microsoft.Data.SqlClient loads by name whenever a command has parameters. The package that holds
// them is missing from restricted mirrors; CxDesk uses no CLR types in SQL Server, so their shape is all that counts.
namespace Microsoft.SqlServer.Server;

public enum Format { Unknown = 0, Native = 1, UserDefined = 2 }

public interface IBinarySerialize
{
    void Read(BinaryReader r);
    void Write(BinaryWriter w);
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = true)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    public Format Format { get; } = format;
    public int MaxByteSize { get; set; }
    public bool IsFixedLength { get; set; }
    public bool IsByteOrdered { get; set; }
    public string? ValidationMethodName { get; set; }
    public string? Name { get; set; }
}

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.ReturnValue | AttributeTargets.Parameter, AllowMultiple = false, Inherited = false)]
public class SqlFacetAttribute : Attribute
{
    public bool IsFixedLength { get; set; }
    public int MaxSize { get; set; }
    public int Precision { get; set; }
    public int Scale { get; set; }
    public bool IsNullable { get; set; }
}

public sealed class InvalidUdtException(string message) : SystemException(message);
