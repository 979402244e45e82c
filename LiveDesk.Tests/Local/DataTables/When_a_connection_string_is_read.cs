using Azure.Data.Tables;

namespace LiveDesk.Tests.Local.DataTables;

public sealed class When_a_connection_string_is_read
{
    private const string Key = "c2VjcmV0IQ==";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite", "devstoreaccount1", "http://azurite:10002/devstoreaccount1")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=desk;AccountKey={Key};EndpointSuffix=core.windows.net", "desk", "https://desk.table.core.windows.net/")]
    [InlineData($"AccountName=desk;AccountKey={Key}", "desk", "https://desk.table.core.windows.net/")]
    [InlineData($"accountname=desk;AccountKey={Key};TableEndpoint=http://127.0.0.1:1234/desk/;", "desk", "http://127.0.0.1:1234/desk")]
    public void It_names_the_account_and_its_endpoint(string connectionString, string account, string endpoint)
    {
        var service = new TableServiceClient(connectionString);

        Assert.Equal((account, endpoint), (service.AccountName, service.Uri.AbsoluteUri));
    }

    [Theory]
    [InlineData("AccountName=desk")]
    [InlineData($"AccountKey={Key}")]
    [InlineData($"hello;AccountKey={Key}")]
    public void An_incomplete_one_is_refused_without_showing_the_key(string connectionString)
    {
        var error = Assert.Throws<FormatException>(() => new TableClient(connectionString, "Things"));

        Assert.DoesNotContain(Key, error.Message, StringComparison.Ordinal);
    }
}
