using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CourseShop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeptBooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "MoneyAlarms",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Invariant = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: true),
                    Facts = table.Column<string>(type: "TEXT", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClearedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MoneyAlarms", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MoneyChecks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    IsWhole = table.Column<bool>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Broken = table.Column<int>(type: "INTEGER", nullable: false),
                    Step = table.Column<long>(type: "INTEGER", nullable: false),
                    Credit = table.Column<long>(type: "INTEGER", nullable: false),
                    Coupon = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MoneyChecks", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CreditEntries_OrderNumber",
                table: "CreditEntries",
                column: "OrderNumber",
                filter: "\"OrderNumber\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MoneyAlarms_ClearedAt",
                table: "MoneyAlarms",
                column: "ClearedAt");

            migrationBuilder.CreateIndex(
                name: "IX_MoneyAlarms_Open",
                table: "MoneyAlarms",
                columns: new[] { "Invariant", "Subject" },
                unique: true,
                filter: "\"ClearedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MoneyChecks_IsWhole_Id",
                table: "MoneyChecks",
                columns: new[] { "IsWhole", "Id" });

            AppendOnly.Protect(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            AppendOnly.Unprotect(migrationBuilder);

            migrationBuilder.DropTable(
                name: "MoneyAlarms");

            migrationBuilder.DropTable(
                name: "MoneyChecks");

            migrationBuilder.DropIndex(
                name: "IX_CreditEntries_OrderNumber",
                table: "CreditEntries");
        }
    }
}
