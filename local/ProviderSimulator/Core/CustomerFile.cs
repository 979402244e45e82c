using System.Text;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>A file of a customer's message: by address, by content, or a sample of its type.</summary>
public sealed record CustomerFile
{
    public required string ContentType { get; init; }

    /// <summary>Sent as it is: the desk will fetch it, or refuse to.</summary>
    public string? Url { get; init; }

    public string? Base64 { get; init; }

    /// <summary>Content as text.</summary>
    public string? Content { get; init; }

    public string? Name { get; init; }

    /// <exception cref="ControlException">What should be base64 is not.</exception>
    public byte[] Bytes()
    {
        try
        {
            if (Base64 is not null) return Convert.FromBase64String(Base64);
        }
        catch (FormatException)
        {
            throw new ControlException(400, "'base64' is not base64.");
        }

        return Content is null ? SampleMedia.Of(ContentType) : Encoding.UTF8.GetBytes(Content);
    }
}

/// <summary>Files that a provider keeps, by their path.</summary>
public sealed class FileShelf
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (byte[] Bytes, string ContentType)> _files = [];

    public void Put(string path, byte[] bytes, string contentType)
    {
        lock (_gate) _files[path] = (bytes, contentType);
    }

    public (byte[] Bytes, string ContentType)? Find(string path)
    {
        lock (_gate) return _files.TryGetValue(path, out (byte[], string) file) ? file : null;
    }

    public IReadOnlyList<(string Path, int Length)> List()
    {
        lock (_gate) return [.. _files.Select(file => (file.Key, file.Value.Bytes.Length))];
    }

    public void Clear()
    {
        lock (_gate) _files.Clear();
    }
}
