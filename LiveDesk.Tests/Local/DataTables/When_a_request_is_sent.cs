using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace LiveDesk.Tests.Local.DataTables;

public sealed class When_a_request_is_sent
{
    private static readonly string Key = Convert.ToBase64String(Encoding.UTF8.GetBytes("a secret of the account"));

    private static TableClientOptions Options(StubTransport stub)
    {
        var options = new TableClientOptions { Transport = stub.Transport };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return options;
    }

    private static TableClient Client(StubTransport stub) =>
        new(new Uri("https://desk.table.core.windows.net"), "Things", new TableSharedKeyCredential("desk", Key), Options(stub));

    private static string Header(HttpRequestMessage request, string name) => string.Join(',', request.Headers.GetValues(name));

    [Fact]
    public async Task It_is_signed_with_the_shared_key()
    {
        var stub = new StubTransport(HttpStatusCode.NoContent);

        await Client(stub).DeleteEntityAsync("p 1", "it's");

        var request = Assert.Single(stub.Requests);
        const string Path = "/Things(PartitionKey='p%201',RowKey='it%27%27s')";
        Assert.Equal(Path, request.RequestUri!.AbsolutePath);
        string text = $"{Header(request, "x-ms-date")}\n/desk{Path}";
        string signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(text)));
        Assert.Equal($"SharedKeyLite desk:{signature}", Header(request, "Authorization"));
        Assert.Equal("2020-12-06", Header(request, "x-ms-version"));
        Assert.Equal("*", Header(request, "If-Match"));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_failing_service_is_tried_again_and_each_try_is_signed(HttpStatusCode failure)
    {
        var stub = new StubTransport(failure, failure, HttpStatusCode.NoContent);

        await Client(stub).UpsertEntityAsync(new Parcel());

        Assert.Equal(3, stub.Requests.Count);
        Assert.All(stub.Requests, request => Assert.StartsWith("SharedKeyLite desk:", Header(request, "Authorization"), StringComparison.Ordinal));
        Assert.Single(stub.Requests.Select(request => Header(request, "x-ms-client-request-id")).Distinct());
    }

    [Fact]
    public async Task The_tries_end_and_the_failure_is_told()
    {
        var stub = new StubTransport(HttpStatusCode.ServiceUnavailable);

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => Client(stub).UpsertEntityAsync(new Parcel()));

        Assert.Equal(503, error.Status);
        Assert.Equal(4, stub.Requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task A_refusal_is_final(HttpStatusCode refusal)
    {
        var stub = new StubTransport(refusal);

        await Assert.ThrowsAsync<RequestFailedException>(() => Client(stub).AddEntityAsync(new Parcel()));

        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_token_is_fetched_for_storage_and_sent()
    {
        var stub = new StubTransport(HttpStatusCode.NoContent);
        var credential = new FixedToken();
        var table = new TableServiceClient(new Uri("https://desk.table.core.windows.net/"), credential, Options(stub)).GetTableClient("Things");

        await table.UpsertEntityAsync(new Parcel());
        await table.UpsertEntityAsync(new Parcel());

        Assert.All(stub.Requests, request => Assert.Equal("Bearer the-token", Header(request, "Authorization")));
        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes);
        Assert.Equal(("desk", "https://desk.table.core.windows.net/Things"), (table.AccountName, table.Uri.AbsoluteUri));
    }

    [Fact]
    public async Task A_token_is_never_sent_without_TLS()
    {
        var stub = new StubTransport(HttpStatusCode.NoContent);
        var table = new TableClient(new Uri("http://desk.table.core.windows.net"), "Things", new FixedToken(), Options(stub));

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.UpsertEntityAsync(new Parcel()));

        Assert.Empty(stub.Requests);
    }

    [Fact]
    public async Task A_policy_of_the_app_sees_each_try_of_it()
    {
        var stub = new StubTransport(HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent);
        var options = Options(stub);
        var (calls, tries) = (new Counter(), new Counter());
        options.AddPolicy(calls, HttpPipelinePosition.PerCall);
        options.AddPolicy(tries, HttpPipelinePosition.PerRetry);
        var table = new TableClient(new Uri("https://desk.table.core.windows.net"), "Things", new TableSharedKeyCredential("desk", Key), options);

        await table.UpsertEntityAsync(new Parcel());

        Assert.Equal((1, 2), (calls.Count, tries.Count));
    }

    [Fact]
    public async Task A_replaced_account_key_signs_the_next_request()
    {
        var stub = new StubTransport(HttpStatusCode.NoContent);
        var credential = new TableSharedKeyCredential("desk", Key);
        var table = new TableClient(new Uri("https://desk.table.core.windows.net"), "Things", credential, Options(stub));
        byte[] next = Encoding.UTF8.GetBytes("the next secret");

        credential.SetAccountKey(Convert.ToBase64String(next));
        await table.DeleteEntityAsync("p", "r");

        string text = $"{Header(stub.Requests[0], "x-ms-date")}\n/desk{stub.Requests[0].RequestUri!.AbsolutePath}";
        Assert.Equal($"SharedKeyLite desk:{Convert.ToBase64String(HMACSHA256.HashData(next, Encoding.UTF8.GetBytes(text)))}", Header(stub.Requests[0], "Authorization"));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_by_the_service()
    {
        var account = await Support.TestStorage.NewAccountAsync();
        var table = new TableClient(account.Table, "Things", new TableSharedKeyCredential(account.Name, Key));

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateIfNotExistsAsync());

        Assert.Equal(403, error.Status);
    }

    private sealed class FixedToken : TokenCredential
    {
        internal List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken("the-token", DateTimeOffset.UtcNow.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class Counter : HttpPipelineSynchronousPolicy
    {
        internal int Count { get; private set; }

        public override void OnSendingRequest(HttpMessage message) => Count++;
    }
}
