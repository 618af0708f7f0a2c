using CxDesk.Data.Rollups;

namespace CxDesk.Data.Ingest;

/// <summary>
/// Reads items out of their fields and holds them against the contract. Pure. An item with any fault reads as null;
/// all its faults are then in <see cref="ItemFields.Faults"/>, one for a field.
/// </summary>
/// <remarks>Lengths are counted as databases count them, in UTF-16 units.</remarks>
public static class ItemReader
{
    public const int LongestCode = 200;
    public const int LongestComment = 10_000;
    private const int LongestEmail = 320;
    private const int LongestLanguage = 35;
    private const decimal MostValue = 9_999_999_999_999_999m;

    // Far above whatever is measured, and small enough that the sum of squares of any number of them stays a number.
    private const long MostMeasured = 1_000_000_000_000_000;

    public static IncomingResponse? Response(ItemFields fields, IntakeRules rules)
    {
        var respondedAt = Instant(fields, "respondedAt", rules);
        var response = new IncomingResponse
        {
            ExternalId = Required(fields, "externalId"),
            Source = Required(fields, "source"),
            RespondedAt = respondedAt,
            Channel = Required(fields, "channel"),
            Touchpoint = fields.Text("touchpoint", LongestCode),
            Product = Required(fields, "product"),
            Region = Required(fields, "region"),
            Agent = fields.Text("agent", LongestCode),
            Customer = fields.Has("customer") ? Customer(fields) : null,
            Csat = Score(fields, "scores.csat", Metric.Csat),
            Nps = Score(fields, "scores.nps", Metric.Nps),
            Ces = Score(fields, "scores.ces", Metric.Ces),
            Ratings = Numbers(fields, "ratings", (path, attribute, rating) => CheckRating(fields, path, rating, rules.ScaleOf(attribute))),
            Operational = Numbers(fields, "operational", (path, measure, value) => CheckMeasure(fields, path, value, rules.UnitOf(measure))),
            Comment = fields.Text("comment", LongestComment),
            Language = fields.Text("language", LongestLanguage),
        };
        var scored = response.Csat is not null || response.Nps is not null || response.Ces is not null || response.Ratings.Count > 0;
        if (!scored && !fields.Faults.Any(f => f.Field == "$" || f.Field.StartsWith("scores", StringComparison.Ordinal) || f.Field.StartsWith("ratings", StringComparison.Ordinal)))
            fields.Fault("scores", FaultCode.NoScore);
        return fields.Faults.Count == 0 ? response : null;
    }

    public static IncomingMeasurement? Measurement(ItemFields fields, IntakeRules rules)
    {
        var measurement = new IncomingMeasurement
        {
            ExternalId = Required(fields, "externalId"),
            Source = Required(fields, "source"),
            Measure = Required(fields, "measure"),
            At = Instant(fields, "at", rules),
            Region = fields.Text("region", LongestCode),
            Product = fields.Text("product", LongestCode),
            Agent = fields.Text("agent", LongestCode),
            Channel = fields.Text("channel", LongestCode),
            Value = fields.Number("value") ?? Absent(fields, "value"),
            Count = Whole(fields, "count", 1, int.MaxValue) ?? 1,
        };
        if (!fields.IsFaulty("value")) CheckMeasure(fields, "value", measurement.Value, rules.UnitOf(measurement.Measure));
        return fields.Faults.Count == 0 ? measurement : null;
    }

    private static IncomingCustomer Customer(ItemFields fields)
    {
        var value = fields.Amount("customer.value12m");
        if (value < 0) fields.Fault("customer.value12m", FaultCode.Negative);
        else if (value > MostValue) fields.Fault("customer.value12m", FaultCode.OutOfRange, 0, MostValue);
        return new IncomingCustomer
        {
            Id = Required(fields, "customer.id"),
            Name = fields.Text("customer.name", LongestCode),
            Segment = fields.Text("customer.segment", LongestCode),
            Value12m = value is >= 0 and <= MostValue ? decimal.Round(value.Value, 2) : null,
            Phone = fields.Text("customer.phone", LongestCode),
            Email = fields.Text("customer.email", LongestEmail),
            Language = fields.Text("customer.language", LongestLanguage),
            NoContact = fields.Flag("customer.noContact"),
        };
    }

    private static string Required(ItemFields fields, string path)
    {
        if (fields.Text(path, LongestCode) is { } text) return text;
        Absent(fields, path);
        return "";
    }

    private static double Absent(ItemFields fields, string path)
    {
        if (!fields.IsFaulty(path)) fields.Fault(path, FaultCode.Missing);
        return 0;
    }

    private static DateTimeOffset Instant(ItemFields fields, string path, IntakeRules rules)
    {
        if (fields.Time(path) is not { } time) Absent(fields, path);
        else if (time < IntakeRules.Earliest) fields.Fault(path, FaultCode.TooOld, DateOnly.FromDateTime(IntakeRules.Earliest.DateTime));
        else if (time > rules.Now + IntakeRules.Ahead) fields.Fault(path, FaultCode.Ahead, IntakeRules.Ahead.TotalMinutes);
        else return Database.Time.Cut(time);
        return default;
    }

    private static int? Score(ItemFields fields, string path, Metric metric)
    {
        var (lowest, highest) = metric.Range();
        return fields.Has("scores") ? Whole(fields, path, lowest, highest) : null;
    }

    private static int? Whole(ItemFields fields, string path, int lowest, int highest)
    {
        if (fields.Number(path) is not { } number) return null;
        if (number < lowest || number > highest) fields.Fault(path, FaultCode.OutOfRange, lowest, highest);
        else if (number != Math.Floor(number)) fields.Fault(path, FaultCode.NotWhole);
        else return (int)number;
        return null;
    }

    private static IReadOnlyDictionary<string, double> Numbers(ItemFields fields, string path, Action<string, string, double> check)
    {
        var names = fields.Below(path);
        if (names.Count == 0) return IncomingResponse.Nothing;
        var numbers = new Dictionary<string, double>(names.Count);
        foreach (var name in names)
        {
            var at = $"{path}.{name}";
            if (fields.Number(at) is not { } number || fields.Code(name, at, LongestCode) is not { } code) continue;
            check(at, code, number);
            numbers[code] = number;
        }
        return numbers;
    }

    private static void CheckRating(ItemFields fields, string path, double rating, (double Lowest, double Highest) scale)
    {
        if (rating < scale.Lowest || rating > scale.Highest) fields.Fault(path, FaultCode.OutOfRange, scale.Lowest, scale.Highest);
    }

    private static void CheckMeasure(ItemFields fields, string path, double value, MeasureUnit unit)
    {
        switch (unit)
        {
            case MeasureUnit.Seconds when value < 0:
                fields.Fault(path, FaultCode.Negative);
                break;
            case MeasureUnit.Share when value is < 0 or > 1:
                fields.Fault(path, FaultCode.NotShare);
                break;
            case MeasureUnit.Number or MeasureUnit.Seconds when Math.Abs(value) > MostMeasured:
                fields.Fault(path, FaultCode.OutOfRange, unit == MeasureUnit.Seconds ? 0 : -MostMeasured, MostMeasured);
                break;
        }
    }
}
