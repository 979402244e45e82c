using System.Text;
using LiveDesk.Domain.Messaging;
using LiveDesk.Tests.Domain.Messaging.Audio;

namespace LiveDesk.Tests.Domain.Messaging;

public class When_a_file_is_sniffed
{
    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("89504E470D0A1A0A0000000D", "image/png")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("524946460000000057415645", "audio/wav")]
    [InlineData("000000186674797069736F6D00000200", "video/mp4")]
    [InlineData("00000018667479706D703432", "video/mp4")]
    [InlineData("0000001C667479704D344120", "audio/mp4")]
    [InlineData("0000001866747970336770340000", "video/3gpp")]
    [InlineData("0000001466747970717420200000", "video/quicktime")]
    [InlineData("4F67675300020000", "audio/ogg")]
    [InlineData("1A45DFA39F4286810142F7810142F2810442F381084282847765626D", "video/webm")]
    [InlineData("4944330300000000", "audio/mpeg")]
    [InlineData("FFFB9064", "audio/mpeg")]
    [InlineData("FFF15080", "audio/aac")]
    [InlineData("2321414D520A3C", "audio/amr")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("504B030414000600", "application/zip")]
    [InlineData("D0CF11E0A1B11AE1", "application/x-ole-storage")]
    public void Magic_bytes_name_the_type(string hex, string type) =>
        Assert.Equal(new SniffedContent(SniffedKind.Known, type), ContentSniffer.Sniff(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("voice.ogg", "audio/ogg")]
    [InlineData("live.webm", "video/webm")]
    [InlineData("voice.m4a", "audio/mp4")]
    [InlineData("fragmented.mp4", "video/mp4")]
    [InlineData("cbr.mp3", "audio/mpeg")]
    [InlineData("vbr.mp3", "audio/mpeg")]
    [InlineData("voice.wav", "audio/wav")]
    [InlineData("voice.aac", "audio/aac")]
    public void Recordings_are_known(string name, string type) => Assert.Equal(type, ContentSniffer.Sniff(Recordings.Read(name)).ContentType);

    [Theory]
    [InlineData("name,phone\nAna,+34600111222\n", "text/plain")]
    [InlineData("Olá & adiós 😀", "text/plain")]
    [InlineData("a < b and b > c", "text/plain")]
    [InlineData("MZ is how I sign", "text/plain")]
    [InlineData("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD", "text/vcard")]
    [InlineData("\ufeffbegin:vcard\nend:vcard", "text/vcard")]
    public void Text_is_text_and_a_contact_card_is_one(string text, string type) =>
        Assert.Equal(new SniffedContent(SniffedKind.Known, type), ContentSniffer.Sniff(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Text_of_other_alphabets_is_text()
    {
        Assert.Equal("text/plain", ContentSniffer.Sniff(Encoding.Latin1.GetBytes("año;niño")).ContentType);
        Assert.Equal("text/plain", ContentSniffer.Sniff([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("สวัสดี")]).ContentType);
    }

    [Theory]
    [InlineData("MZ\u0090\0", "application/x-msdownload")]
    [InlineData("\u007fELF\u0002", "application/x-elf")]
    [InlineData("#!/bin/sh\nrm -rf /", "text/x-script")]
    [InlineData("\0asm\u0001\0\0\0", "application/wasm")]
    [InlineData("<!DOCTYPE html><p>hi", "text/html")]
    [InlineData("  \n<HTML><body>", "text/html")]
    [InlineData("hello <script>alert(1)</script>", "text/html")]
    [InlineData("<?php echo 1;", "text/html")]
    [InlineData("<?xml version='1.0'?><!-- x --><svg onload='x'>", "image/svg+xml")]
    public void Programs_and_active_markup_are_refused(string text, string type) =>
        Assert.Equal(new SniffedContent(SniffedKind.Refused, type), ContentSniffer.Sniff(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void Markup_hidden_behind_another_encoding_is_refused() =>
        Assert.Equal(SniffedKind.Refused, ContentSniffer.Sniff([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("<html>")]).Kind);

    [Fact]
    public void Office_files_are_told_apart()
    {
        Assert.EndsWith("wordprocessingml.document", Zip("word/document.xml"), StringComparison.Ordinal);
        Assert.EndsWith("spreadsheetml.sheet", Zip("xl/workbook.xml"), StringComparison.Ordinal);
        Assert.EndsWith("presentationml.presentation", Zip("ppt/presentation.xml"), StringComparison.Ordinal);
        Assert.Equal("application/msword", Ole("WordDocument"));
        Assert.Equal("application/vnd.ms-excel", Ole("Workbook"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\u0001\u0002\u0003")]
    [InlineData("RIFF\0\0\0\0AVI ")]
    [InlineData("\0\0\0\u0018ftypheic")]
    [InlineData("<note>plain xml</note>")]
    public void Anything_else_is_unknown(string text) =>
        Assert.Equal(new SniffedContent(SniffedKind.Unknown, null), ContentSniffer.Sniff(Encoding.Latin1.GetBytes(text)));

    [Theory]
    [InlineData("FFD8FFE0", "image/jpeg", true)]
    [InlineData("FFD8FFE0", "image/JPG", true)]
    [InlineData("FFD8FFE0", "image/png", false)]
    [InlineData("4F67675300020000", "audio/ogg; codecs=opus", true)]
    [InlineData("000000186674797069736F6D", "audio/mp4", true)]
    [InlineData("1A45DFA39F4282847765626D", "audio/webm;codecs=opus", true)]
    [InlineData("504B0304", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true)]
    [InlineData("504B0304", "image/png", false)]
    [InlineData("612C620A", "text/csv; charset=utf-8", true)]
    [InlineData("612C620A", null, false)]
    [InlineData("4D5A9000", "application/x-msdownload", false)]
    public void A_declared_type_is_believed_if_the_contents_agree(string hex, string? declared, bool agrees) =>
        Assert.Equal(agrees, ContentSniffer.Agrees(ContentSniffer.Sniff(Convert.FromHexString(hex)), declared));

    [Fact]
    public void Any_bytes_have_an_answer()
    {
        var random = new Random(7);
        for (int round = 0; round < 5000; round++)
        {
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            SniffedContent content = ContentSniffer.Sniff(bytes);
            Assert.Equal(content.Kind == SniffedKind.Unknown, content.ContentType is null);
        }
    }

    private static string? Ole(string entry) =>
        ContentSniffer.Sniff([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes(entry)]).ContentType;

    private static string? Zip(string entry) =>
        ContentSniffer.Sniff([(byte)'P', (byte)'K', 3, 4, .. new byte[26], .. Encoding.ASCII.GetBytes(entry)]).ContentType;
}
