using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CxDesk.Data.Database;

/// <summary>How times and days stand in the database: UTC, to the millisecond; days of the company's zone.</summary>
public static class Time
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.fff";
    private static readonly Lock Gate = new();
    private static bool _registered;

    /// <summary>Cut, not rounded: a stored time is never later than the one that was meant.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(object stored) => stored switch
    {
        string text => new DateTimeOffset(DateTime.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None), TimeSpan.Zero),
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        _ => throw new FormatException($"A stored time is text or datetime2, not {stored.GetType().Name}."),
    };

    public static DateOnly ParseDay(object stored) => stored switch
    {
        string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime day => DateOnly.FromDateTime(day),
        _ => throw new FormatException($"A stored day is text or date, not {stored.GetType().Name}."),
    };

    /// <summary>Teaches Dapper both, and money, once a process, before its first query (it caches what it believes about a type).</summary>
    internal static void Register()
    {
        lock (Gate)
        {
            if (_registered) return;
            foreach (var type in (Type[])[typeof(DateTimeOffset), typeof(DateTimeOffset?), typeof(DateOnly), typeof(DateOnly?), typeof(decimal), typeof(decimal?)])
                SqlMapper.RemoveTypeMap(type);
            SqlMapper.AddTypeHandler(typeof(DateTimeOffset), new TimeHandler());
            SqlMapper.AddTypeHandler(typeof(DateOnly), new DayHandler());
            SqlMapper.AddTypeHandler(typeof(decimal), new MoneyHandler());
            _registered = true;
        }
    }

    internal static SqlDialect DialectOf(IDbDataParameter parameter) =>
        parameter is SqliteParameter ? SqlDialect.Sqlite : SqlDialect.SqlServer;

    // Dapper's own base class cannot read NULL as the one value of a row.
    private sealed class TimeHandler : SqlMapper.ITypeHandler
    {
        public void SetValue(IDbDataParameter parameter, object value) => DialectOf(parameter).SetTime(parameter, value as DateTimeOffset?);

        public object? Parse(Type destinationType, object value) => value is DBNull ? null : Time.Parse(value);
    }

    private sealed class DayHandler : SqlMapper.ITypeHandler
    {
        public void SetValue(IDbDataParameter parameter, object value) => DialectOf(parameter).SetDay(parameter, value as DateOnly?);

        public object? Parse(Type destinationType, object value) => value switch
        {
            DBNull => null,
            string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => DateOnly.FromDateTime((DateTime)value),
        };
    }
}
