using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace CxDesk.Benchmarks;

/// <summary>Answers of now, sent to the app as a channel sends them.</summary>
internal sealed class Traffic(ServerProcess app, string key, TimeProvider time)
{
    private const string Answers = "/api/v1/responses";
    private readonly Random _random = new(11);
    private readonly string _prefix = Guid.NewGuid().ToString("N")[..8];
    private readonly List<Sending> _sendings = [];
    private int _sent;
    private long _taken;

    /// <summary>How many answers the app has taken.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>One in so many is low and opens a case; 0: none.</summary>
    public int OneLowIn { get; init; } = 50;

    /// <summary>Regions that the answers come from: with the company and the cases they fill the tiles of a wall.</summary>
    public int Regions { get; init; } = 4;

    /// <summary>Sends so many answers in one request.</summary>
    public async Task Send(int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Answers) { Content = JsonContent.Create(Enumerable.Range(0, count).Select(_ => Answer()).ToArray()) };
        request.Headers.Add("X-Api-Key", key);
        var (at, stamp) = (time.GetUtcNow(), Stopwatch.GetTimestamp());
        using var answer = await app.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var taken = Interlocked.Add(ref _taken, count);
        lock (_sendings) _sendings.Add(new Sending(taken, stamp, at, OneLowIn > 0 && taken / OneLowIn > (taken - count) / OneLowIn));
    }

    /// <summary>What was sent so far, one request after the other.</summary>
    public IReadOnlyList<Sending> Sendings
    {
        get { lock (_sendings) return [.. _sendings]; }
    }

    /// <summary>When those answers were sent that a screen shows now and did not show before. Holds only while one request is sent after the other.</summary>
    /// <param name="n">The number of answers on the screen.</param>
    /// <param name="seen">Where the screen is; it belongs to it.</param>
    public IReadOnlyList<long> Shown(long n, ref int seen)
    {
        List<long> shown = [];
        lock (_sendings)
            while (seen < _sendings.Count && _sendings[seen].Count <= n) shown.Add(_sendings[seen++].Stamp);
        return shown;
    }

    /// <summary>Sends this many answers a second, in so many requests, until it is told to stop.</summary>
    public async Task Flow(int answersASecond, int requestsASecond, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / requestsASecond));
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await Send(answersASecond / requestsASecond);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private object Answer()
    {
        lock (_random)
        {
            var number = ++_sent;
            var low = OneLowIn > 0 && number % OneLowIn == 0;
            return new
            {
                externalId = _prefix + number.ToString("D8", CultureInfo.InvariantCulture),
                source = "benchmark",
                respondedAt = time.GetUtcNow(),
                channel = "phone",
                product = $"product {_random.Next(5)}",
                region = $"region {_random.Next(Regions)}",
                agent = $"agent {_random.Next(40)}",
                scores = new { csat = low ? 1 : _random.Next(3, 6), nps = low ? 2 : _random.Next(7, 11) },
                comment = low ? "Nobody called back, 等了四十分钟。" : null,
            };
        }
    }
}

/// <summary>One request.</summary>
/// <param name="Count">How many answers the app had taken with it.</param>
/// <param name="Stamp">Of the stopwatch, when it was sent.</param>
/// <param name="At">The same by the clock on the wall.</param>
/// <param name="HasLow">One of its answers is low.</param>
internal readonly record struct Sending(long Count, long Stamp, DateTimeOffset At, bool HasLow);
