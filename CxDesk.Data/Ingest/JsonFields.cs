using System.Text.Json;

namespace CxDesk.Data.Ingest;

/// <summary>The fields of a JSON object. Fields that nobody asks for are left alone; null is as good as not sent.</summary>
public sealed class JsonFields : ItemFields
{
    private readonly JsonElement _item;

    public JsonFields(JsonElement item)
    {
        _item = item;
        if (item.ValueKind != JsonValueKind.Object) Fault("$", FaultCode.NotObject);
    }

    public override double? Number(string path)
    {
        if (Find(path) is not { } found) return null;
        if (found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        Fault(path, FaultCode.NotNumber);
        return null;
    }

    public override decimal? Amount(string path)
    {
        if (Find(path) is not { } found) return null;
        if (found.ValueKind == JsonValueKind.Number)
            return found.TryGetDecimal(out var amount) ? amount : found.GetDouble() < 0 ? decimal.MinValue : decimal.MaxValue;
        Fault(path, FaultCode.NotNumber);
        return null;
    }

    public override bool? Flag(string path)
    {
        if (Find(path) is not { } found) return null;
        if (found.ValueKind is JsonValueKind.True or JsonValueKind.False) return found.GetBoolean();
        Fault(path, FaultCode.NotFlag);
        return null;
    }

    public override DateTimeOffset? Time(string path)
    {
        if (RawText(path)?.Trim() is not { Length: > 0 } text) return null;
        if (!Find(path)!.Value.TryGetDateTimeOffset(out var time)) Fault(path, FaultCode.NotTime);
        else if (!HasOffset(text)) Fault(path, FaultCode.NoOffset);
        else return time;
        return null;
    }

    public override IReadOnlyList<string> Below(string path)
    {
        if (!Has(path)) return [];
        try
        {
            return [.. _item.GetProperty(path).EnumerateObject().Select(p => p.Name)];
        }
        catch (InvalidOperationException)
        {
            Fault(path, FaultCode.BadText);
            return [];
        }
    }

    public override bool Has(string path)
    {
        if (Find(path) is not { } found) return false;
        if (found.ValueKind == JsonValueKind.Object) return true;
        if (!IsFaulty(path)) Fault(path, FaultCode.NotObject);
        return false;
    }

    protected override string? RawText(string path)
    {
        if (Find(path) is not { } found) return null;
        if (found.ValueKind != JsonValueKind.String)
        {
            Fault(path, FaultCode.NotText);
            return null;
        }
        try
        {
            return found.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape that is half of a surrogate pair.
            Fault(path, FaultCode.BadText);
            return null;
        }
    }

    private JsonElement? Find(string path)
    {
        if (_item.ValueKind != JsonValueKind.Object) return null;
        var dot = path.IndexOf('.');
        if (dot < 0) return Property(_item, "$", path);
        var above = path[..dot];
        return Has(above) ? Property(_item.GetProperty(above), above, path[(dot + 1)..]) : null;
    }

    private JsonElement? Property(JsonElement element, string at, string name)
    {
        try
        {
            return element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;
        }
        catch (InvalidOperationException)
        {
            // A name beside it is half of a surrogate pair.
            if (!IsFaulty(at)) Fault(at, FaultCode.BadText);
            return null;
        }
    }

    // The parser takes a time without an offset for one of this machine's zone.
    private static bool HasOffset(string text)
    {
        var day = text.IndexOf('T');
        return day > 0 && (text[^1] == 'Z' || text.LastIndexOfAny(['+', '-']) > day);
    }
}
