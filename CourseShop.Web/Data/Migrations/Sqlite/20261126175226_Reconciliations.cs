using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CourseShop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Reconciliations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Reconciliations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Channel = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    IsCurrent = table.Column<bool>(type: "INTEGER", nullable: false),
                    StartedBy = table.Column<long>(type: "INTEGER", nullable: true),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    RowsRead = table.Column<int>(type: "INTEGER", nullable: false),
                    Trouble = table.Column<int>(type: "INTEGER", nullable: true),
                    TroubleDetail = table.Column<string>(type: "TEXT", nullable: true),
                    Bill_Fees = table.Column<long>(type: "INTEGER", nullable: false),
                    Bill_Payments = table.Column<int>(type: "INTEGER", nullable: false),
                    Bill_Received = table.Column<long>(type: "INTEGER", nullable: false),
                    Bill_Refunded = table.Column<long>(type: "INTEGER", nullable: false),
                    Bill_Refunds = table.Column<int>(type: "INTEGER", nullable: false),
                    Books_Fees = table.Column<long>(type: "INTEGER", nullable: false),
                    Books_Payments = table.Column<int>(type: "INTEGER", nullable: false),
                    Books_Received = table.Column<long>(type: "INTEGER", nullable: false),
                    Books_Refunded = table.Column<long>(type: "INTEGER", nullable: false),
                    Books_Refunds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reconciliations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BillLines",
                columns: table => new
                {
                    ReconciliationId = table.Column<long>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    TradeNo = table.Column<string>(type: "TEXT", nullable: false),
                    OutTradeNo = table.Column<string>(type: "TEXT", nullable: false),
                    RefundNumber = table.Column<string>(type: "TEXT", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Fee = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BillLines", x => new { x.ReconciliationId, x.Position });
                    table.ForeignKey(
                        name: "FK_BillLines_Reconciliations_ReconciliationId",
                        column: x => x.ReconciliationId,
                        principalTable: "Reconciliations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReconciliationDifferences",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ReconciliationId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    TradeNo = table.Column<string>(type: "TEXT", nullable: false),
                    OutTradeNo = table.Column<string>(type: "TEXT", nullable: false),
                    RefundNumber = table.Column<string>(type: "TEXT", nullable: false),
                    BillAmount = table.Column<long>(type: "INTEGER", nullable: true),
                    BillAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OurAmount = table.Column<long>(type: "INTEGER", nullable: true),
                    OurAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OurStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    OurRefundStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    OurOutTradeNo = table.Column<string>(type: "TEXT", nullable: true),
                    PurposeNumber = table.Column<string>(type: "TEXT", nullable: true),
                    Answer = table.Column<int>(type: "INTEGER", nullable: true),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Ending = table.Column<int>(type: "INTEGER", nullable: true),
                    EndedBy = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReconciliationDifferences", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReconciliationDifferences_Reconciliations_ReconciliationId",
                        column: x => x.ReconciliationId,
                        principalTable: "Reconciliations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Payments_PaidAt",
                table: "Payments",
                column: "PaidAt");

            migrationBuilder.CreateIndex(
                name: "IX_BillLines_OutTradeNo",
                table: "BillLines",
                column: "OutTradeNo");

            migrationBuilder.CreateIndex(
                name: "IX_BillLines_RefundNumber",
                table: "BillLines",
                column: "RefundNumber");

            migrationBuilder.CreateIndex(
                name: "IX_BillLines_TradeNo_Kind_RefundNumber_ReconciliationId",
                table: "BillLines",
                columns: new[] { "TradeNo", "Kind", "RefundNumber", "ReconciliationId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReconciliationDifferences_Open",
                table: "ReconciliationDifferences",
                column: "ReconciliationId",
                filter: "\"Ending\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ReconciliationDifferences_ReconciliationId_Kind_TradeNo_RefundNumber",
                table: "ReconciliationDifferences",
                columns: new[] { "ReconciliationId", "Kind", "TradeNo", "RefundNumber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Reconciliations_Channel_Day_Id",
                table: "Reconciliations",
                columns: new[] { "Channel", "Day", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Reconciliations_Current",
                table: "Reconciliations",
                columns: new[] { "Channel", "Day" },
                unique: true,
                filter: "\"IsCurrent\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Reconciliations_UnderWay",
                table: "Reconciliations",
                columns: new[] { "Channel", "Day" },
                unique: true,
                filter: "\"State\" IN (0, 1, 2)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BillLines");

            migrationBuilder.DropTable(
                name: "ReconciliationDifferences");

            migrationBuilder.DropTable(
                name: "Reconciliations");

            migrationBuilder.DropIndex(
                name: "IX_Payments_PaidAt",
                table: "Payments");
        }
    }
}
