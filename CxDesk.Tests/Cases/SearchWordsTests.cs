using System.Text;
using CxDesk.Data.Cases;

namespace CxDesk.Tests.Cases;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("No call-back, since 10:40!", "10 40 back call no since")]
    [InlineData("等了四十分钟", "了四 分钟 十分 四十 等了 钟")]
    [InlineData("5号线 等", "5 号线 等 线")]
    [InlineData("ＡＢＣ１２ ﬁne", "abc12 fine")]
    [InlineData("ΣΊΣΥΦΟΣ σίσυφος", "σίσυφοσ")]
    [InlineData("人々 𠮷野家", "々 人々 家 野家 𠮷野")]
    [InlineData("नमस्ते", "नमस्ते")]
    [InlineData("😀 ?! — ", "")]
    [InlineData("\ud83d half", "half")]
    public void Text_is_cut_into_words(string text, string expected) => Assert.Equal(expected, string.Join(' ', Cut(text)));

    [Theory]
    [InlineData("四十", "四十")]
    [InlineData("四", "四")]
    [InlineData("四十分", "十分 四十")]
    [InlineData("Refund refund re", "refund")]
    [InlineData("call, 等了", "call 等了")]
    public void What_is_looked_for_is_cut_alike(string text, string expected) => Assert.Equal(expected, string.Join(' ', SearchWords.Terms(text).Prefixes));

    [Fact]
    public void A_reference_with_its_letter_is_that_case_and_a_number_alone_is_a_word()
    {
        Assert.Equal((1042L, 0), (SearchWords.Terms("c-1042").CaseId!.Value, SearchWords.Terms("c-1042").Prefixes.Count));
        Assert.Equal(["1042"], SearchWords.Terms("1042").Prefixes);
        Assert.Null(SearchWords.Terms("1042").CaseId);
        Assert.True(SearchWords.Terms("?!").IsNothing);
    }

    [Fact]
    public void A_word_is_cut_between_characters_and_found_whole()
    {
        var word = new string('a', 31) + "𝒜𝒜𝒜bc" + new string('d', 40);
        var kept = Assert.Single(Cut(word));
        Assert.True(kept.Length <= SearchWords.Longest);
        Assert.True(SearchWords.Find(SearchWords.Terms(word), Cut(word)));
    }

    [Fact]
    public void Any_neighbours_and_any_beginning_are_found_in_random_texts()
    {
        var random = new Random(11);
        for (var i = 0; i < 2_000; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(1, 12); n > 0; n--)
                text.Append(random.Next(4) switch
                {
                    0 => " ",
                    1 => ((char)('a' + random.Next(26))).ToString(),
                    _ => ((char)('一' + random.Next(20_000))).ToString(),
                });
            var whole = text.ToString();
            var words = Cut(whole);
            // Every word of letters by any beginning of it; any two neighbours of a run of Han.
            for (var at = 0; at < whole.Length; at++)
            {
                if (whole[at] == ' ') continue;
                Assert.True(whole[at] < 128 && at > 0 && whole[at - 1] is >= 'a' and <= 'z' || SearchWords.Find(SearchWords.Terms(whole[at].ToString()), words), whole);
                if (at + 1 < whole.Length && whole[at] >= '一' && whole[at + 1] >= '一') Assert.True(SearchWords.Find(SearchWords.Terms(whole[at..(at + 2)]), words), whole);
            }
        }
    }

    private static SortedSet<string> Cut(string text)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        SearchWords.Add(text, words);
        return words;
    }
}
