using System.Net;
using System.Net.Sockets;

namespace CxDesk.Tests.Browser;

/// <summary>
/// The cable between browser and app. It can be cut (connections break, new ones are refused a word), stalled (whatever
/// is sent is swallowed, and nobody is told), mended, and led to another app, to which new connections then go.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    private enum State { Whole, Cut, Stalled }

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _open = [], _webSockets = [];
    private readonly Task _running;
    private State _state;
    private int _to;

    public Wire(Uri to)
    {
        _to = to.Port;
        _listener.Start();
        Address = new Uri($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _running = Listen();
    }

    public Uri Address { get; }

    public void Cut()
    {
        _state = State.Cut;
        Break();
    }

    public void Stall() => _state = State.Stalled;

    /// <summary>What was swallowed meanwhile is lost, so connections of before never recover: as after a router's restart.</summary>
    public void Mend()
    {
        if (_state == State.Stalled) Break();
        _state = State.Whole;
    }

    /// <summary>New requests go to another app; open WebSockets stay where they are, as in a deployment node by node.</summary>
    public void LeadTo(Uri app)
    {
        _to = app.Port;
        Break(but: _webSockets);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Break();
        await _running;
        _end.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true) _ = Join(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Join(Socket browser)
    {
        using var app = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        browser.NoDelay = true;
        lock (_gate) _open.UnionWith([browser, app]);
        try
        {
            if (_state == State.Cut) return;
            await app.ConnectAsync(IPAddress.Loopback, _to);
            await Task.WhenAny(Pass(browser, app), Pass(app, browser));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            lock (_gate)
            {
                _open.ExceptWith([browser, app]);
                _webSockets.ExceptWith([browser, app]);
            }
            browser.Dispose();
        }
    }

    private async Task Pass(Socket from, Socket to)
    {
        var bytes = new byte[16384];
        try
        {
            for (int n; (n = await from.ReceiveAsync(bytes)) > 0;)
            {
                if (bytes.AsSpan(0, n).IndexOf("Upgrade: websocket"u8) > 0)
                    lock (_gate) _webSockets.UnionWith([from, to]);
                if (_state == State.Whole) await to.SendAsync(bytes.AsMemory(0, n));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private void Break(IReadOnlySet<Socket>? but = null)
    {
        lock (_gate)
            foreach (var socket in _open.Where(s => but?.Contains(s) != true)) socket.Dispose();
    }
}
