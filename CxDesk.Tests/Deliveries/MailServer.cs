using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CxDesk.Tests.Deliveries;

/// <summary>A mail that a server took: its lines as they came.</summary>
public sealed record Received(string To, string Text)
{
    /// <summary>A header, decoded.</summary>
    public string? Header(string name)
    {
        var lines = Text.Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").TakeWhile(l => l.Length > 0);
        var text = lines.FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
        return text?.StartsWith("=?", StringComparison.Ordinal) != true ? text
            : string.Concat(text.Split(' ').Select(w => Encoding.UTF8.GetString(Convert.FromBase64String(w["=?utf-8?B?".Length..^2]))));
    }

    /// <summary>Its plain part, decoded.</summary>
    public string Plain => Parts.First();

    /// <summary>Its parts, decoded.</summary>
    public string Body => string.Join('\n', Parts);

    private IEnumerable<string> Parts => Text.Split("Content-Transfer-Encoding: base64")[1..]
        .Select(part => part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])
        .Select(part => part[..Math.Max(part.IndexOf("--", StringComparison.Ordinal), 0)])
        .Select(part => Encoding.UTF8.GetString(Convert.FromBase64String(part.Replace("\r\n", "", StringComparison.Ordinal))));
}

/// <summary>A mail server in this process, which speaks as much SMTP as a client asks of it, and can misbehave.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Task _accepting;

    public MailServer()
    {
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public ConcurrentQueue<Received> Inbox { get; } = [];

    /// <summary>The answers to the next mails after RCPT: "450 later", "550 never". Then 250.</summary>
    public ConcurrentQueue<string> Refusals { get; } = [];

    /// <summary>The line by which a client signs in.</summary>
    public string? SignIn { get; set; }

    /// <summary>Takes the mail and hangs up before it says so.</summary>
    public bool BreaksAfterData { get; set; }

    /// <summary>Takes the mail and says nothing for ever.</summary>
    public bool HangsAfterData { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_talks);
    }

    private async Task Accept()
    {
        try
        {
            while (true) _talks.Add(Talk(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var owned = client;
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            async Task Say(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _end.Token);
            await Say("220 test");
            var to = "";
            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                switch (line.Split(' ')[0].ToUpperInvariant())
                {
                    case "EHLO": await Say("250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME"); break;
                    case "AUTH": await Say(line == SignIn ? "235 come in" : "535 wrong name or password"); break;
                    case "HELO" or "MAIL" or "RSET": await Say("250 ok"); break;
                    case "RCPT":
                        to = line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
                        await Say(Refusals.TryDequeue(out var refusal) ? refusal : "250 ok");
                        break;
                    case "DATA":
                        await Say("354 go on");
                        var text = new StringBuilder();
                        while (await reader.ReadLineAsync(_end.Token) is { } data && data != ".") text.Append(data.StartsWith("..", StringComparison.Ordinal) ? data[1..] : data).Append("\r\n");
                        Inbox.Enqueue(new Received(to, text.ToString()));
                        if (BreaksAfterData) return;
                        if (HangsAfterData) await Task.Delay(Timeout.Infinite, _end.Token);
                        await Say("250 taken");
                        break;
                    case "QUIT":
                        await Say("221 bye");
                        return;
                    default: await Say("502 not known"); break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
        }
    }
}
