using System.Globalization;
using System.Net.Mail;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CxDesk.Data.Deliveries;

namespace CxDesk.Web.Deliveries;

/// <summary>A mail in both forms.</summary>
public sealed record Letter(string Subject, string Plain, string Html);

/// <summary>
/// Brings mail to the server that section Mail names, over SMTP. It speaks the protocol itself, because it must know how far
/// it came when a line breaks: until the full stop that ends the message nothing was handed over, after it nobody knows.
/// The framework's client does not say (docs/decisions/0006-deliveries.md).
/// </summary>
public sealed class MailCarrier(MailOptions options, DeliveriesOptions deliveries)
{
    private const int TlsFromTheFirstByte = 465;

    public async Task<Carried> Carry(string to, string key, Letter letter, DateTimeOffset now)
    {
        var from = new MailAddress(options.From!);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(deliveries.TimeoutSeconds));
        var (begun, handedOver) = (false, false);
        try
        {
            await using var talk = await Talk.Open(options, limit.Token);
            begun = true;
            await talk.Ask($"MAIL FROM:<{from.Address}>{(to.All(char.IsAscii) ? "" : " SMTPUTF8")}", 250);
            await talk.Ask($"RCPT TO:<{to}>", 250);
            await talk.Ask("DATA", 354);
            // A line that begins with a full stop gets a second one: alone it would end the message.
            await talk.Send(MailMessageText.Of(from, to, key, letter, now).Replace("\r\n.", "\r\n..", StringComparison.Ordinal));
            handedOver = true;
            await talk.Ask(".", 250);
            return new Carried.Arrived();
        }
        catch (Refusal refusal)
        {
            // What is refused before a mail is spoken of (a name, a password) is put right in the settings, and then goes.
            return begun && refusal.Code >= 500 ? new Carried.Never(refusal.Message) : new Carried.Later(refusal.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            var error = $"No answer within {deliveries.TimeoutSeconds} s.";
            return handedOver ? new Carried.InDoubt(error) : new Carried.Later(error);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            return handedOver ? new Carried.InDoubt(e.Message) : new Carried.Later(e.Message);
        }
        catch (Exception e)
        {
            return handedOver ? new Carried.InDoubt(e.Message) { Unforeseen = e } : new Carried.Later(e.Message) { Unforeseen = e };
        }
    }

    private sealed class Refusal(int code, string said) : Exception(said)
    {
        public int Code => code;
    }

    /// <summary>One connection, ready to take a mail.</summary>
    private sealed class Talk : IAsyncDisposable
    {
        private readonly TcpClient _client;
        private readonly CancellationToken _cancel;
        private Stream _stream;
        private StreamReader _reader;

        private Talk(TcpClient client, Stream stream, CancellationToken cancel) =>
            (_client, _stream, _reader, _cancel) = (client, stream, new StreamReader(stream, Encoding.UTF8, leaveOpen: true), cancel);

        public static async Task<Talk> Open(MailOptions options, CancellationToken cancel)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(options.Host!, options.Port, cancel);
                var talk = new Talk(client, client.GetStream(), cancel);
                if (options.Tls && options.Port == TlsFromTheFirstByte) await talk.Secure(options.Host!);
                await talk.Answer(220);
                await talk.Ask($"EHLO {Environment.MachineName}", 250);
                if (options.Tls && options.Port != TlsFromTheFirstByte)
                {
                    await talk.Ask("STARTTLS", 220);
                    await talk.Secure(options.Host!);
                    await talk.Ask($"EHLO {Environment.MachineName}", 250);
                }
                if (!string.IsNullOrEmpty(options.User))
                    await talk.Ask("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{options.User}\0{options.Password}")), 235);
                return talk;
            }
            catch
            {
                client.Dispose();
                throw;
            }
        }

        public async Task Ask(string line, int expected)
        {
            await Send(line + "\r\n");
            await Answer(expected);
        }

        public async Task Send(string lines)
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(lines), _cancel);
            await _stream.FlushAsync(_cancel);
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (!_cancel.IsCancellationRequested) await Send("QUIT\r\n");
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Whoever has hung up needs no goodbye.
            }
            _client.Dispose();
        }

        private async Task Secure(string host)
        {
            var secured = new SslStream(_stream);
            await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, _cancel);
            _stream = secured;
            _reader = new StreamReader(secured, Encoding.UTF8, leaveOpen: true);
        }

        // "250-more" goes on, "250 last" ends an answer.
        private async Task Answer(int expected)
        {
            while (true)
            {
                var line = await _reader.ReadLineAsync(_cancel) ?? throw new IOException("The mail server hung up.");
                if (line.Length < 3 || !int.TryParse(line[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var code)) throw new IOException($"The mail server said: {line}");
                if (line.Length > 3 && line[3] == '-') continue;
                if (code != expected && !(expected == 250 && code == 251)) throw new Refusal(code, line);
                return;
            }
        }
    }
}
