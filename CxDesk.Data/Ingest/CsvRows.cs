using System.Text;

namespace CxDesk.Data.Ingest;

/// <summary>One row of a file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Raw">As it stands in the file.</param>
/// <param name="Fault">Null for a good row; the cells of another mean nothing.</param>
public sealed record CsvRow(int Line, string Raw, string[] Cells, ItemFault? Fault);

/// <summary>
/// Reads delimited rows one by one (RFC 4180). A row that is broken costs its first line and no more: a quote that is
/// never closed would otherwise swallow all the good rows after it.
/// </summary>
public sealed class CsvRows
{
    // A row with more lines or text than this is one with a quote that is never closed.
    private const int MostLines = 500;
    private const int MostLength = 500_000;

    // Stands for bytes that are not in the encoding; no text holds it.
    private const char Undecodable = '\uFFFF';

    private readonly TextReader _reader;
    private readonly char _delimiter;
    private readonly string _encoding;
    private readonly bool _mayEndEarly;
    private readonly Stack<string> _ahead = new();
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private int _line;

    /// <exception cref="ImportFault">There is no header, or it is broken.</exception>
    public CsvRows(Stream file, string encoding, char delimiter)
        : this(new StreamReader(file, Find(encoding), detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024), delimiter, encoding)
    {
    }

    /// <param name="encoding">What the reader was made with, to be named where it does not fit.</param>
    /// <param name="mayEndEarly">A row may leave out its last cells; they are empty.</param>
    /// <exception cref="ImportFault">There is no header, or it is broken.</exception>
    public CsvRows(TextReader file, char delimiter = ',', string encoding = "utf-8", bool mayEndEarly = false)
    {
        (_reader, _delimiter, _encoding, _mayEndEarly) = (file, delimiter, encoding, mayEndEarly);
        var header = Read(null) ?? throw new ImportFault("NoHeader");
        if (header.Fault is { } fault) throw new ImportFault("HeaderBad", fault);
        Columns = [.. header.Cells.Select(c => c.Trim())];
    }

    public IReadOnlyList<string> Columns { get; }

    public IEnumerable<CsvRow> All()
    {
        while (Read(Columns.Count) is { } row) yield return row;
    }

    private CsvRow? Read(int? columns)
    {
        var first = NextLine();
        while (first is { Length: 0 }) first = NextLine();
        if (first is null) return null;
        var line = _line;
        var raw = first;
        var more = new List<string>();
        var shape = Split(raw);
        while (shape == Shape.Unclosed && more.Count < MostLines && raw.Length < MostLength && NextLine() is { } next)
        {
            more.Add(next);
            raw = raw + "\n" + next;
            shape = Split(raw);
        }
        if (_mayEndEarly && shape == Shape.Whole)
            while (_cells.Count < columns) _cells.Add("");
        var fault = raw.Contains(Undecodable) ? new ItemFault("$", FaultCode.WrongEncoding, _encoding)
            : shape != Shape.Whole ? new ItemFault("$", FaultCode.BrokenQuote)
            : columns is { } count && _cells.Count != count ? new ItemFault("$", FaultCode.FieldCount, _cells.Count, count)
            : null;
        if (fault is null) return new CsvRow(line, raw, [.. _cells], null);
        for (var i = more.Count - 1; i >= 0; i--) _ahead.Push(more[i]);
        _line = line;
        return new CsvRow(line, first, [], fault);
    }

    private string? NextLine()
    {
        var line = _ahead.TryPop(out var ahead) ? ahead : _reader.ReadLine();
        if (line is not null) _line++;
        return line;
    }

    private enum Shape { Whole, Unclosed, Broken }

    private Shape Split(string text)
    {
        _cells.Clear();
        for (var at = 0; ; at++)
        {
            if (at < text.Length && text[at] == '"')
            {
                _cell.Clear();
                for (at++; ; at++)
                {
                    var quote = text.IndexOf('"', at);
                    if (quote < 0) return Shape.Unclosed;
                    _cell.Append(text, at, quote - at);
                    at = quote + 1;
                    if (at >= text.Length || text[at] != '"') break;
                    _cell.Append('"');
                }
                if (at < text.Length && text[at] != _delimiter) return Shape.Broken;
                _cells.Add(_cell.ToString());
            }
            else
            {
                var end = text.IndexOf(_delimiter, at);
                if (end < 0) end = text.Length;
                if (text.AsSpan(at, end - at).Contains('"')) return Shape.Broken;
                _cells.Add(text[at..end]);
                at = end;
            }
            if (at >= text.Length) return Shape.Whole;
        }
    }

    private static Encoding Find(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(Undecodable.ToString()));
        }
        catch (ArgumentException)
        {
            throw new ImportFault("EncodingBad", name);
        }
    }
}
