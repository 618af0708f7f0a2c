using System.Globalization;

namespace CxDesk.Benchmarks;

/// <summary>Six tiles whose figures change at a steady rate: made once for all circuits, with nothing left to them but to draw.</summary>
internal sealed class BareTiles
{
    private static readonly string[] Names = ["Satisfaction", "Region 0", "Region 1", "Region 2", "Region 3", "Cases"];
    private static readonly string Line = string.Join(' ', Enumerable.Range(0, 6).Select(day => string.Create(CultureInfo.InvariantCulture, $"{day * 16.7:0.#},{8 + day % 3 * 2.4:0.#}")));

    private PeriodicTimer? _timer;
    private int _drawn;

    public IReadOnlyList<BareTile> Now { get; private set; } = Of(0);

    public event Action? Changed;

    public void Begin(double hertz)
    {
        _timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / hertz));
        _ = Tick(_timer);
    }

    public void End() => _timer?.Dispose();

    private async Task Tick(PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync())
        {
            Now = Of(++_drawn);
            Changed?.Invoke();
        }
    }

    private static IReadOnlyList<BareTile> Of(int i) => [.. Names.Select((name, tile) => new BareTile(
        name, Text($"{4 + (i + tile) % 100 / 100.0:0.00}"), Text($"{4 + (i + tile) % 90 / 100.0:0.00} – {4 + (i + tile) % 99 / 100.0:0.00}"), Text($"{5_000 + i * 50 + tile}"),
        Text($"n {5_000 + i * 50 + tile:N0}"), Text($"{name}: from 4.1 to {4 + (i + tile) % 100 / 100.0:0.##}, lowest 4.02, highest 4.2."), Text($"{Line} 100,{i % 20:0.0}"), Text($"M100,{i % 20:0.0}h0")))];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

internal sealed record BareTile(string Name, string Figure, string Interval, string Count, string N, string Said, string Points, string Last);
