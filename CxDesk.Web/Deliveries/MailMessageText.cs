using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace CxDesk.Web.Deliveries;

/// <summary>A letter as the lines of an Internet message (RFC 5322, MIME): plain text and HTML beside each other, any script. Pure.</summary>
public static class MailMessageText
{
    private const int EncodedWordBytes = 42, LineLength = 76;

    /// <param name="key">The same at every try: it makes the Message-Id, by which servers and readers know what they had.</param>
    /// <returns>Lines that end in CR LF, without the full stop that ends a message on the wire.</returns>
    public static string Of(MailAddress from, string to, string key, Letter letter, DateTimeOffset now)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append("\r\n");
        Line($"From: {(from.DisplayName.Length > 0 ? $"{Words(from.DisplayName, quoted: true)} <{from.Address}>" : from.Address)}");
        Line($"To: {to}");
        Line($"Subject: {Words(letter.Subject, quoted: false)}");
        Line($"Date: {now.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000");
        Line($"Message-Id: <{key}@{from.Host}>");
        // No machine shall answer a machine.
        Line("Auto-Submitted: auto-generated");
        Line("X-Auto-Response-Suppress: All");
        Line("MIME-Version: 1.0");
        Line($"Content-Type: multipart/alternative; boundary=\"{key}\"");
        Line("");
        Part("text/plain", letter.Plain);
        Part("text/html", letter.Html);
        Line($"--{key}--");
        return text.ToString();

        void Part(string type, string content)
        {
            Line($"--{key}");
            Line($"Content-Type: {type}; charset=utf-8");
            Line("Content-Transfer-Encoding: base64");
            Line("");
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(content));
            for (var i = 0; i < encoded.Length; i += LineLength) Line(encoded[i..Math.Min(i + LineLength, encoded.Length)]);
        }
    }

    /// <summary>Text of a header: as it is where that is plain, else in encoded words (RFC 2047), none of which cuts a character in two.</summary>
    private static string Words(string text, bool quoted)
    {
        text = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        if (text.All(char.IsAscii) && text.Length <= LineLength && !text.StartsWith("=?", StringComparison.Ordinal))
            return quoted ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : text;
        var words = new List<string>();
        var word = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(rune.ToString());
            if (word.Count + bytes.Length > EncodedWordBytes) End();
            word.AddRange(bytes);
        }
        End();
        return string.Join("\r\n ", words);

        void End()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. word])}?=");
            word.Clear();
        }
    }
}
