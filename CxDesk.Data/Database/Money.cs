using System.Data;
using System.Globalization;
using Dapper;

namespace CxDesk.Data.Database;

/// <summary>
/// Money is decimal. SQLite hands a whole amount out as an integer and any other as a float, by row; Dapper, which
/// settles on the type of the first row, must be told.
/// </summary>
internal sealed class Money : SqlMapper.TypeHandler<decimal>
{
    internal static void Register()
    {
        SqlMapper.RemoveTypeMap(typeof(decimal));
        SqlMapper.RemoveTypeMap(typeof(decimal?));
        SqlMapper.AddTypeHandler(new Money());
    }

    public override void SetValue(IDbDataParameter parameter, decimal value)
    {
        parameter.DbType = DbType.Decimal;
        parameter.Value = value;
    }

    public override decimal Parse(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);
}
