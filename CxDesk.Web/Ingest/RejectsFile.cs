using System.Text;
using CxDesk.Data.Ingest;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Ingest;

/// <summary>The rows of an import that were not stored: line, reasons, and the row as it stood. Made with the first of them.</summary>
public sealed class RejectsFile(string path, FaultWords words) : IDisposable
{
    private StreamWriter? _file;

    public string Path => path;

    public void Add(CsvRow row, IReadOnlyList<ItemFault> faults)
    {
        if (_file is null)
        {
            _file = new StreamWriter(path, append: false, Encoding.UTF8);
            _file.Write(Csv.Line("line", "reason", "row"));
        }
        _file.Write(Csv.Line(row.Line, string.Join("; ", faults.Select(Reason)), row.Raw));
    }

    public void Dispose() => _file?.Dispose();

    private string Reason(ItemFault fault) => fault.Field == "$" ? words.Of(fault) : $"{fault.Field}: {words.Of(fault)}";
}
