using System.Globalization;
using System.Text;
using QRCoder;

namespace CxDesk.Web.Cases;

/// <summary>A QR code as one path of an SVG, in modules; the quiet border of four is part of it.</summary>
/// <param name="Size">Modules on a side.</param>
public sealed record QrDrawing(int Size, string Path)
{
    public static QrDrawing Of(string text)
    {
        using var generator = new QRCodeGenerator();
        // Glare and distance are worse at a wall than dirt: medium correction keeps the modules large.
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < row.Length; x++)
            {
                if (!row[x]) continue;
                var from = x;
                while (x + 1 < row.Length && row[x + 1]) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from + 1}v1H{from}z");
            }
        }
        return new QrDrawing(code.ModuleMatrix.Count, path.ToString());
    }
}
