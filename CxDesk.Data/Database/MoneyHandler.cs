using System.Data;
using System.Globalization;
using Dapper;

namespace CxDesk.Data.Database;

/// <summary>
/// Reads decimals whatever SQLite keeps them as: in one column whole amounts are integers, the others floating point,
/// and Dapper by itself expects all rows to be like the first.
/// </summary>
internal sealed class MoneyHandler : SqlMapper.ITypeHandler
{
    public void SetValue(IDbDataParameter parameter, object value) => Time.DialectOf(parameter).SetAmount(parameter, value as decimal?);

    public object? Parse(Type destinationType, object value) =>
        value is null or DBNull ? null : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
}
