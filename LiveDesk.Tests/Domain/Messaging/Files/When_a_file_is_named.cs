using LiveDesk.Domain.Messaging.Files;

namespace LiveDesk.Tests.Domain.Messaging.Files;

public sealed class When_a_file_is_named
{
    [Theory]
    [InlineData("Currículum café.pdf", "Currículum café.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\ana\foto.jpg", "foto.jpg")]
    [InlineData("a\r\nSet-Cookie: x.png", "aSet-Cookie x.png")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("\"quoted\".txt", "quoted.txt")]
    [InlineData("...", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Keeps_what_a_reader_needs_and_nothing_else(string? given, string? clean) => Assert.Equal(clean, FileNames.Clean(given));

    [Fact]
    public void Keeps_the_extension_of_a_name_that_is_too_long()
    {
        string clean = FileNames.Clean(new string('x', 300) + ".pdf")!;

        Assert.Equal(150, clean.Length);
        Assert.EndsWith(".pdf", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("setup.EXE", true)]
    [InlineData("page.html", true)]
    [InlineData("invoice.pdf", false)]
    [InlineData("noextension", false)]
    public void Knows_what_a_double_click_would_run(string name, bool dangerous) => Assert.Equal(dangerous, FileNames.IsDangerous(name));

    [Theory]
    [InlineData("image/jpeg", "image.jpg")]
    [InlineData("audio/ogg; codecs=opus", "audio.ogg")]
    [InlineData("application/x-unheard-of", "file.bin")]
    public void Finds_a_name_for_a_file_without_one(string type, string name) => Assert.Equal(name, FileNames.Standard(type));
}
