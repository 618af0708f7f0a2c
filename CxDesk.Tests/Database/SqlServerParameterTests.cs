using System.Data;
using CxDesk.Data.Database;
using Microsoft.Data.SqlClient;

namespace CxDesk.Tests.Database;

/// <summary>What SQL Server is sent: its plans are kept by text and parameter types, so neither may hang on a value.</summary>
public class SqlServerParameterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 14, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Texts_of_all_lengths_are_sent_as_one_type()
    {
        Assert.Equal((SqlDbType.NVarChar, 4000), Sent("a"));
        Assert.Equal((SqlDbType.NVarChar, 4000), Sent(new string('客', 4000)));
        Assert.Equal((SqlDbType.NVarChar, -1), Sent(new string('a', 4001)));

        static (SqlDbType, int) Sent(string text) => Set(text) is var p ? (p.SqlDbType, p.Size) : default;
    }

    [Fact]
    public void Amounts_are_sent_with_the_digits_of_their_columns()
    {
        foreach (var amount in (decimal[])[1m, 12.5m, 9_999_999.99m])
            Assert.Equal((SqlDbType.Decimal, (byte)18, (byte)2), Set(amount) is var p ? (p.SqlDbType, p.Precision, p.Scale) : default);
    }

    [Fact]
    public void Times_are_sent_in_UTC_as_their_columns_are_and_days_as_days()
    {
        var time = Set(Noon);
        Assert.Equal((SqlDbType.DateTime2, (byte)3, new DateTime(2026, 9, 14, 12, 0, 0, DateTimeKind.Utc)), (time.SqlDbType, time.Scale, time.Value));
        Assert.Equal(SqlDbType.Date, Set(new DateOnly(2026, 9, 14)).SqlDbType);
    }

    [Fact]
    public void A_null_keeps_the_type_that_the_parameter_has()
    {
        foreach (var (value, type) in ((object, SqlDbType)[])[(1, SqlDbType.Int), (1L, SqlDbType.BigInt), (true, SqlDbType.Bit), (1.5, SqlDbType.Float), (DayOfWeek.Friday, SqlDbType.Int), (Noon, SqlDbType.DateTime2), (2m, SqlDbType.Decimal)])
        {
            var parameter = Set(value);
            SqlDialect.SqlServer.Set(parameter, null);
            Assert.Equal((type, DBNull.Value), (parameter.SqlDbType, parameter.Value));
        }
    }

    [Fact]
    public void A_value_of_another_type_is_refused() => Assert.Throws<NotSupportedException>(() => Set('x'));

    private static SqlParameter Set(object value)
    {
        var parameter = new SqlParameter { ParameterName = "@x" };
        SqlDialect.SqlServer.Set(parameter, value);
        return parameter;
    }
}
